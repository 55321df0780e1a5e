import { get, type Page } from "../api/client";
import type { Form } from "../api/types";
import { useLoaded } from "../shell/load";
import { Notice } from "../shell/notice";
import { href } from "../shell/route";

export function FormList() {
  const forms = useLoaded(() => get<Page<Form>>("/v1/forms?limit=200"), []);
  return (
    <main>
      <h1>Forms</h1>
      <Notice kind="error" text={forms.problem.value} />
      {forms.value.value?.data.length === 0 && (
        <p class="empty">
          No form yet. Create one with <code>POST /v1/forms</code>; the README shows how.
        </p>
      )}
      <ul class="cards">
        {forms.value.value?.data.map((form) => (
          <li key={form.id}>
            <a class="card" href={href("forms", form.id)}>
              {form.name}
            </a>
          </li>
        ))}
      </ul>
    </main>
  );
}
