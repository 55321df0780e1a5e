import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";

import { FormPage } from "../forms/form";
import { FormList } from "../forms/list";
import { Editor } from "../mapping/view";
import { me, signOut, start } from "../session/model";
import { SignIn } from "../session/view";
import { href, route } from "./route";

function Content() {
  const [place, form, part, id] = route.value;
  if (place === "forms" && form && part === "map") return <Editor key={id ?? "new"} formId={form} integrationId={id} />;
  if (place === "forms" && form) return <FormPage key={form} formId={form} />;
  return <FormList />;
}

export function App() {
  const notice = useSignal("");
  useEffect(() => {
    start().catch((error: Error) => {
      notice.value = error.message;
    });
  }, []);
  if (me.value === undefined) return <p class="narrow">Loading…</p>;
  if (me.value === null) return <SignIn notice={notice.value} />;
  return (
    <>
      <header class="bar">
        <a class="brand" href={href("forms")}>
          <img src="/icon.svg" alt="" width="22" height="22" /> Tenon
        </a>
        <span class="organisation">{me.value.organisation.name}</span>
        <button class="quiet" onClick={() => void signOut()}>
          Sign out
        </button>
      </header>
      <Content />
    </>
  );
}
