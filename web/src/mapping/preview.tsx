import type { Signal } from "@preact/signals";

import { RequestView } from "../shell/exchange";
import type { PreviewDocument } from "./model";

/** What would be sent: computed in this page, byte for byte what the server sends. */
export function PreviewPanel({ sample, document }: { sample: Signal<string>; document: PreviewDocument | undefined }) {
  const request = document?.request;
  return (
    <aside class="stack" aria-label="Preview">
      <fieldset class="card">
        <legend>Sample submission</legend>
        <textarea
          class="code"
          aria-label="Sample submission"
          rows={8}
          spellcheck={false}
          value={sample.value}
          onInput={(event) => (sample.value = event.currentTarget.value)}
        />
      </fieldset>
      <section class="card" aria-live="polite">
        <h2>Request</h2>
        {request && <RequestView request={request} />}
        {document && !request && document.ok && <p class="muted">Choose an action to see the request.</p>}
        {document && document.errors.length > 0 && (
          <ul class="findings" data-test="errors">
            {document.errors.map((error) => (
              <li key={error.pointer + error.code} class="bad">
                <code>{error.pointer || "/"}</code> {error.message}
              </li>
            ))}
          </ul>
        )}
        {document && document.warnings.length > 0 && (
          <ul class="findings">
            {document.warnings.map((warning) => (
              <li key={warning.pointer + warning.code + warning.message} class="muted">
                <code>{warning.pointer || "/"}</code> {warning.message}
              </li>
            ))}
          </ul>
        )}
      </section>
    </aside>
  );
}
