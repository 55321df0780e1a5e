/** A message that screen readers announce; nothing for an empty text. */
export function Notice({ kind, text }: { kind: "error" | "info" | "done"; text: string }) {
  return (
    <div role={kind === "error" ? "alert" : "status"} aria-live="polite">
      {text && <p class={`notice ${kind}`}>{text}</p>}
    </div>
  );
}
