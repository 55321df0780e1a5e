import { signal, useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";

import { call, get, type Page } from "../api/client";
import type { Config, Connection, Form, Integration, Provider } from "../api/types";
import { useLoaded } from "../shell/load";
import { Notice } from "../shell/notice";
import { href } from "../shell/route";
import { loadCore } from "../wasm/core";
import { configText, type Draft, newRow, type PreviewDocument, previewLine, type Row, rowsOf, sampleOf } from "./model";
import { PreviewPanel } from "./preview";
import { Rows } from "./rows";
import { TargetFields } from "./target";

interface Loaded {
  form: Form;
  connections: Connection[];
  integration: Integration | undefined;
}

async function load(formId: string, integrationId: string | undefined): Promise<Loaded> {
  const [form, connections, integration] = await Promise.all([
    get<Form>(`/v1/forms/${formId}`),
    get<Page<Connection>>("/v1/connections?limit=200"),
    integrationId ? get<Integration>(`/v1/integrations/${integrationId}`) : undefined,
  ]);
  return { form, connections: connections.data.filter((one) => one.status === "active"), integration };
}

const providers = signal<Record<string, Provider>>({});

async function loadProvider(id: string) {
  if (!id || providers.value[id]) return;
  const provider = await get<Provider>(`/v1/providers/${id}`);
  providers.value = { ...providers.value, [id]: provider };
}

export function Editor({ formId, integrationId }: { formId: string; integrationId: string | undefined }) {
  const loaded = useLoaded(() => load(formId, integrationId), [formId, integrationId]);
  if (!loaded.value.value)
    return (
      <main>
        <Notice kind="error" text={loaded.problem.value} />
      </main>
    );
  return <EditorForm {...loaded.value.value} />;
}

function EditorForm({ form, connections, integration }: Loaded) {
  const { field_mappings: mappings, ...kept } = integration?.config ?? ({ provider: "", action: "", field_mappings: {} } as Config);
  const config = useSignal<Draft["config"]>(kept);
  const rows = useSignal<Row[]>(integration ? rowsOf({ ...kept, field_mappings: mappings }) : [newRow()]);
  const sample = useSignal(sampleOf(form));
  const document = useSignal<PreviewDocument | undefined>(undefined);
  const problem = useSignal("");
  const done = useSignal("");
  const version = useSignal(integration?.version);
  const savedId = useSignal(integration?.id);

  const provider = providers.value[config.value.provider];
  const connection = connections.find((one) => one.id === config.value.connection_id);
  const templates = provider?.templates[config.value.action] ?? {};
  const kind = connection?.auth_kind ?? Object.keys(templates)[0] ?? "";

  useEffect(() => void loadProvider(config.value.provider).catch((error: Error) => (problem.value = error.message)), [config.value.provider]);

  const draft: Draft = { config: config.value, rows: rows.value, sample: sample.value, action: templates[kind], facts: connection?.facts };
  if (form.schema) draft.schema = form.schema;
  draft.meta = { form_id: form.id, form_name: form.name, submission_id: "preview" };
  const line = previewLine(draft);

  useEffect(() => {
    let isCurrent = true;
    loadCore()
      .then((core) => {
        if (isCurrent) document.value = JSON.parse(core.preview(line)) as PreviewDocument;
      })
      .catch((error: Error) => (problem.value = error.message));
    return () => {
      isCurrent = false;
    };
  }, [line]);

  function choose(id: string) {
    const chosen = connections.find((one) => one.id === id);
    config.value = { ...config.value, connection_id: id, provider: chosen?.provider ?? "", action: "", target_config: {} };
  }

  async function save(event: SubmitEvent) {
    event.preventDefault();
    problem.value = done.value = "";
    try {
      // As text, not as an object: the order of the mappings is part of the document, and an object would sort number-like names first.
      const body = `{"config":${configText({ config: config.value, rows: rows.value })}}`;
      const saved = savedId.value
        ? await call<Integration>("PATCH", `/v1/integrations/${savedId.value}`, body, { "if-match": `"${version.value}"` })
        : await call<Integration>("POST", `/v1/forms/${form.id}/integrations`, body);
      savedId.value = saved.id;
      version.value = saved.version;
      const { field_mappings: _, ...rest } = saved.config;
      config.value = rest;
      done.value = "Saved. The next submission uses it.";
    } catch (error) {
      problem.value = (error as Error).message;
    }
  }

  return (
    <main>
      <p class="trail">
        <a href={href("forms")}>Forms</a> / <a href={href("forms", form.id)}>{form.name}</a>
      </p>
      <h1>{integration ? "Edit integration" : "New integration"}</h1>
      <form class="editor" onSubmit={(event) => void save(event)}>
        <div class="stack">
          <TargetFields connections={connections} provider={provider} config={config} onConnection={choose} />
          <Rows rows={rows} form={form} sample={sample.value} document={document.value} />
          <Notice kind="error" text={problem.value} />
          <Notice kind="done" text={done.value} />
          <button type="submit" disabled={!config.value.action}>
            Save
          </button>
        </div>
        <PreviewPanel sample={sample} document={document.value} />
      </form>
    </main>
  );
}
