import { render } from "preact";

import { App } from "./shell/app";
import { loadCore } from "./wasm/core";
import "./shell/style.css";

declare global {
  interface Window {
    /** The core for whoever opens the console: `(await tenon.core()).preview(line)`. */
    tenon: { core: typeof loadCore };
  }
}
window.tenon = { core: loadCore };

render(<App />, document.getElementById("app")!);
