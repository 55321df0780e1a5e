// What an integration would send, computed by the full module.

/** `loadCore`: of the full module; `catalogue`: provider documents. */
export function previewFunction(loadCore, catalogue) {
  const opened = new WeakSet();
  return async function preview(input) {
    const core = await loadCore();
    if (!opened.has(core)) {
      core.openCatalogue(await catalogue());
      opened.add(core);
    }
    return JSON.parse(core.preview(JSON.stringify(input)));
  };
}
