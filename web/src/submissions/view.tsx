import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";

import { listen } from "../api/changes";
import { get, type Page } from "../api/client";
import type { Attempt, Execution, Submission } from "../api/types";
import { ReplyView, RequestView } from "../shell/exchange";
import { useLoaded } from "../shell/load";
import { Notice } from "../shell/notice";
import { Status, When } from "../shell/status";

/** Changes come in bursts; one look at the server answers a burst. */
const burst_ms = 150;

function useLive(again: () => Promise<void>) {
  useEffect(() => {
    let due: ReturnType<typeof setTimeout> | undefined;
    const stop = listen((change) => {
      if (change.kind !== "submission" && change.kind !== "execution") return;
      clearTimeout(due);
      due = setTimeout(() => void again(), burst_ms);
    });
    return () => {
      clearTimeout(due);
      stop();
    };
  }, [again]);
}

export function Submissions({ formId }: { formId: string }) {
  const load = async () => {
    const [submissions, executions] = await Promise.all([
      get<Page<Submission>>(`/v1/submissions?form_id=${formId}&limit=25`),
      get<Page<Execution>>(`/v1/executions?form_id=${formId}&limit=200`),
    ]);
    return submissions.data.map((submission) => ({
      submission,
      executions: executions.data.filter((execution) => execution.submission_id === submission.id).reverse(),
    }));
  };
  const rows = useLoaded(load, [formId]);
  useLive(rows.again);
  return (
    <section aria-labelledby="submissions">
      <h2 id="submissions">Submissions</h2>
      <Notice kind="error" text={rows.problem.value} />
      {rows.value.value?.length === 0 && <p class="empty">Nothing was submitted yet. This list is live.</p>}
      {(rows.value.value?.length ?? 0) > 0 && (
        <table>
          <thead>
            <tr>
              <th scope="col">Received</th>
              <th scope="col">Status</th>
              <th scope="col">Executions</th>
            </tr>
          </thead>
          <tbody>
            {rows.value.value!.map(({ submission, executions }) => (
              <tr key={submission.id}>
                <td>
                  <When at={submission.created_at} />
                </td>
                <td>
                  <Status value={submission.status} />
                </td>
                <td>
                  {executions.map((execution) => (
                    <ExecutionLine key={execution.id} execution={execution} />
                  ))}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
}

function ExecutionLine({ execution }: { execution: Execution }) {
  const attempts = useSignal<Attempt[] | undefined>(undefined);
  const problem = useSignal("");
  async function open(event: Event) {
    if (!(event.currentTarget as HTMLDetailsElement).open) return;
    try {
      const whole = await get<Execution>(`/v1/executions/${execution.id}`);
      attempts.value = Array.isArray(whole.attempts) ? whole.attempts : [];
    } catch (error) {
      problem.value = (error as Error).message;
    }
  }
  return (
    <details class="execution" onToggle={(event) => void open(event)}>
      <summary>
        <Status value={execution.status} /> {execution.provider} · {execution.action.replaceAll("_", " ")}
        {execution.error_message && <span class="muted"> — {execution.error_message}</span>}
      </summary>
      <Notice kind="error" text={problem.value} />
      {attempts.value?.map((attempt) => <AttemptBlock key={attempt.number} attempt={attempt} />)}
      {attempts.value?.length === 0 && <p class="muted">Nothing was sent yet.</p>}
    </details>
  );
}

function AttemptBlock({ attempt }: { attempt: Attempt }) {
  return (
    <div class="attempt">
      <p>
        Attempt {attempt.number}: {attempt.outcome.replaceAll("_", " ")}
        {attempt.http_status ? `, HTTP ${attempt.http_status}` : ""}, {attempt.elapsed_ms} ms
        {attempt.error_message && <> — {attempt.error_message}</>}
      </p>
      <div class="columns">
        <section aria-label="Request">
          <h3>Request</h3>
          {attempt.request ? <RequestView request={attempt.request} /> : <p class="muted">Nothing was sent.</p>}
        </section>
        <section aria-label="Reply">
          <h3>Reply</h3>
          {attempt.reply ? <ReplyView reply={attempt.reply} /> : <p class="muted">No reply came.</p>}
        </section>
      </div>
    </div>
  );
}
