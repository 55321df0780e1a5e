import { signal } from "@preact/signals";

// Routes live in the fragment, so that the server has one page to serve: #/forms, #/forms/<id>, #/forms/<id>/map/<integration>.
const read = () => location.hash.replace(/^#\/?/, "").split("/").filter(Boolean).map(decodeURIComponent);

/** Path segments of the current route. */
export const route = signal<string[]>(read());

addEventListener("hashchange", () => {
  route.value = read();
});

export const href = (...segments: string[]) => `#/${segments.map(encodeURIComponent).join("/")}`;
