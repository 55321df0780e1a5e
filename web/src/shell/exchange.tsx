// One HTTP message as a person reads it: the same view for what would be sent, what was sent and what came back.

import type { ReplyDocument, RequestDocument } from "../api/types";

function Headers({ pairs }: { pairs: [string, string][] }) {
  return (
    <dl class="headers">
      {pairs.map(([name, value], at) => (
        <div key={at}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

export function RequestView({ request }: { request: RequestDocument }) {
  return (
    <>
      <p class="code" data-test="request-line">
        <strong>{request.method}</strong> {request.url}
      </p>
      <Headers pairs={Object.entries(request.headers)} />
      {request.body !== undefined && <pre data-test="request-body">{JSON.stringify(request.body, null, 2)}</pre>}
    </>
  );
}

/** JSON indented; anything else as it came. */
function readable(body: string): string {
  try {
    return JSON.stringify(JSON.parse(body), null, 2);
  } catch {
    return body;
  }
}

export function ReplyView({ reply }: { reply: ReplyDocument }) {
  return (
    <>
      <p class="code">
        <strong>{reply.status}</strong>
      </p>
      <Headers pairs={reply.headers} />
      {reply.body && <pre>{readable(reply.body)}</pre>}
    </>
  );
}
