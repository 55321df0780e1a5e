const tones: Record<string, string> = {
  succeeded: "good",
  active: "good",
  failed: "bad",
  outcome_unknown: "bad",
  needs_reauth: "bad",
  retrying: "wait",
  running: "wait",
  pending: "wait",
  waiting: "wait",
  accepted: "wait",
};

/** A status word with a colour; the word alone says everything. */
export function Status({ value }: { value: string }) {
  return <span class={`status ${tones[value] ?? "plain"}`}>{value.replaceAll("_", " ")}</span>;
}

export function When({ at }: { at: string }) {
  return (
    <time dateTime={at} title={at}>
      {new Date(at).toLocaleTimeString([], { hour: "2-digit", minute: "2-digit", second: "2-digit" })}
    </time>
  );
}
