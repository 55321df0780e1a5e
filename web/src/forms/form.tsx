import { get, type Page } from "../api/client";
import type { Form, Integration } from "../api/types";
import { useLoaded } from "../shell/load";
import { Notice } from "../shell/notice";
import { href } from "../shell/route";
import { Submissions } from "../submissions/view";

export function FormPage({ formId }: { formId: string }) {
  const form = useLoaded(() => get<Form>(`/v1/forms/${formId}`), [formId]);
  const integrations = useLoaded(() => get<Page<Integration>>(`/v1/forms/${formId}/integrations`), [formId]);
  return (
    <main>
      <p class="trail">
        <a href={href("forms")}>Forms</a>
      </p>
      <h1>{form.value.value?.name ?? "…"}</h1>
      <Notice kind="error" text={form.problem.value || integrations.problem.value} />
      <section aria-labelledby="integrations">
        <h2 id="integrations">What happens with a submission</h2>
        <ul class="cards">
          {integrations.value.value?.data.map(({ id, config }) => (
            <li key={id}>
              <a class="card" href={href("forms", formId, "map", id)}>
                <strong>
                  {config.provider} · {config.action.replaceAll("_", " ")}
                </strong>
                <span class="muted">{Object.keys(config.field_mappings).length} fields mapped</span>
              </a>
            </li>
          ))}
          <li>
            <a class="card add" href={href("forms", formId, "map")}>
              Add an integration
            </a>
          </li>
        </ul>
      </section>
      <Submissions formId={formId} />
    </main>
  );
}
