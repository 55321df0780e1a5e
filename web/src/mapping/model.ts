// The mapping editor's state and the documents made from it. No I/O: view.tsx loads and saves.

import type { Config, ConfigHead, Form, MappingRow, RequestDocument } from "../api/types";

/** One line of the editor. `rest` keeps members that the editor does not show, so that saving loses nothing. */
export interface Row {
  id: number;
  key: string;
  field: string;
  target: string;
  type: string;
  transform: string;
  required: boolean;
  rest: Record<string, unknown>;
}

export const types = [
  "string",
  "number",
  "integer",
  "decimal",
  "boolean",
  "date",
  "datetime",
  "email",
  "url",
  "phone",
  "array",
  "json",
] as const;

export const transforms = ["none", "trim", "collapse_whitespace", "uppercase", "lowercase"] as const;

/** Shown for a transform that is more than one name; it is kept as it is. */
export const several = "several";

let lastId = 0;

export function newRow(field = "", target = ""): Row {
  return { id: ++lastId, key: field, field, target, type: "string", transform: "none", required: false, rest: {} };
}

export function rowsOf(config: Config): Row[] {
  return Object.entries(config.field_mappings).map(([key, mapping]) => {
    const { target, source, type, transform, required, ...rest } = mapping as MappingRow & { required?: boolean };
    const isField = source === undefined || (typeof source === "object" && "field" in source);
    const isName = transform === undefined || typeof transform === "string";
    return {
      id: ++lastId,
      key,
      field: isField ? (source?.field ?? key) : key,
      target,
      type: type ?? "string",
      transform: isName ? (transform ?? "none") : several,
      required: required ?? false,
      rest: { ...rest, ...(isField ? {} : { source }), ...(isName ? {} : { transform }) },
    };
  });
}

/** Keys are the answers' names; a second mapping of the same answer gets a number. */
function uniqueKey(wanted: string, taken: Set<string>): string {
  let key = wanted || "field";
  for (let n = 2; taken.has(key); ++n) key = `${wanted || "field"}_${n}`;
  taken.add(key);
  return key;
}

function mappingOf(row: Row, key: string): MappingRow {
  return {
    target: row.target,
    ...(row.field === key || row.rest["source"] !== undefined ? {} : { source: { field: row.field } }),
    ...(row.type === "string" ? {} : { type: row.type }),
    ...(row.transform === "none" || row.transform === several ? {} : { transform: row.transform }),
    ...(row.required ? { required: true } : {}),
    ...row.rest,
  };
}

export function mappingsOf(rows: Row[]): Record<string, MappingRow> {
  const taken = new Set<string>();
  return Object.fromEntries(
    rows.map((row) => {
      const key = uniqueKey(row.rest["source"] === undefined ? row.field : row.key, taken);
      return [key, mappingOf(row, key)];
    }),
  );
}

/** A JSON text whose object members keep their order even when a name looks like a number. */
export function mappingsText(mappings: Record<string, MappingRow>, rows: Row[]): string {
  const keys = new Set<string>();
  const ordered = rows.map((row) => uniqueKey(row.rest["source"] === undefined ? row.field : row.key, keys));
  return `{${ordered.map((key) => `${JSON.stringify(key)}:${JSON.stringify(mappings[key])}`).join(",")}}`;
}

/** Names of answers: from the form's schema, else from the sample. */
export function fieldNames(form: Form | undefined, sample: string): string[] {
  const schema = form?.schema as { properties?: Record<string, unknown> } | null | undefined;
  if (schema?.properties) return Object.keys(schema.properties);
  try {
    const parsed: unknown = JSON.parse(sample);
    return parsed && typeof parsed === "object" ? Object.keys(parsed) : [];
  } catch {
    return [];
  }
}

/** A first sample for the preview: one plausible answer for each property of the form's schema. */
export function sampleOf(form: Form | undefined): string {
  const schema = form?.schema as { properties?: Record<string, { type?: string; format?: string }> } | null | undefined;
  const value = (property: { type?: string; format?: string }) => {
    if (property.type === "number" || property.type === "integer") return 42;
    if (property.type === "boolean") return true;
    if (property.format === "email") return "ada@example.com";
    if (property.format === "date") return "2026-01-31";
    return "text";
  };
  const sample = Object.entries(schema?.properties ?? {}).map(([name, property]) => [name, value(property)]);
  return JSON.stringify(Object.fromEntries(sample), null, 2);
}

export interface PreviewDocument {
  ok: boolean;
  fields: { field: string; target: string; value: unknown; status: string; errors: { message: string }[]; warnings: { message: string }[] }[];
  request: RequestDocument | null;
  message: string | null;
  errors: { pointer: string; code: string; message: string }[];
  warnings: { pointer: string; code: string; message: string }[];
}

export interface Draft {
  config: ConfigHead;
  rows: Row[];
  sample: string;
  schema?: unknown;
  meta?: unknown;
  action?: unknown;
  facts?: unknown;
}

/** The config as JSON text, mappings in the order of the rows. */
export function configText({ config, rows }: Pick<Draft, "config" | "rows">): string {
  const members = JSON.stringify(config).slice(1, -1);
  const mappings = mappingsText(mappingsOf(rows), rows);
  return `{${members}${members ? "," : ""}"field_mappings":${mappings}}`;
}

/** One line of `preview --batch`. The sample goes in as text, so that its own mistakes are the core's to explain. */
export function previewLine(draft: Draft): string {
  const line: Record<string, unknown> = { config_text: configText(draft), submission_text: draft.sample };
  if (draft.schema) line["schema"] = draft.schema;
  if (draft.meta) line["meta"] = draft.meta;
  if (draft.action) line["action"] = draft.action;
  if (draft.facts) line["connection"] = draft.facts;
  return JSON.stringify(line);
}
