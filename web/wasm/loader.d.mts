/** One instance of the core. Lines are JSON in, JSON out, as in the command line's batches. */
export declare class Core {
  readonly isUsable: boolean;
  verify(line: string): string;
  preview(line: string): string;
  validate(line: string): string;
  render(line: string): string;
  checkConfig(line: string): string;
  openSchemes(schemes: Record<string, unknown>): void;
  openCatalogue(providers: readonly unknown[]): void;
}

/** The module's bytes, or a compiled module. */
export declare function instantiate(source: BufferSource | WebAssembly.Module): Promise<Core>;
