// Live changes: server-sent events, resumed by the browser itself with Last-Event-ID.

export interface Change {
  kind: string;
  id: string;
  status: string;
}

/** Calls `heard` for every change until the returned function is called. */
export function listen(heard: (change: Change) => void): () => void {
  const source = new EventSource("/v1/changes");
  const read = (event: MessageEvent<string>) => {
    try {
      heard(JSON.parse(event.data) as Change);
    } catch {
      console.warn("A change could not be read.");
    }
  };
  for (const kind of ["message", "submission", "execution", "event", "connection", "endpoint"])
    source.addEventListener(kind, read as EventListener);
  return () => source.close();
}
