import type { Signal } from "@preact/signals";

import type { Form } from "../api/types";
import { fieldNames, newRow, type PreviewDocument, type Row, several, transforms, types } from "./model";

interface Props {
  rows: Signal<Row[]>;
  form: Form;
  sample: string;
  document: PreviewDocument | undefined;
}

/** What becomes of one answer, shown beside its row while typing. */
function Outcome({ entry }: { entry: PreviewDocument["fields"][number] | undefined }) {
  if (!entry) return <td class="muted">–</td>;
  if (entry.status === "error") return <td class="bad">{entry.errors.map((error) => error.message).join("; ")}</td>;
  const text = entry.status === "empty" ? "empty" : JSON.stringify(entry.value);
  return (
    <td>
      <code>{text}</code>
      {entry.warnings.map((warning) => (
        <span class="muted"> {warning.message}</span>
      ))}
    </td>
  );
}

interface LineProps {
  row: Row;
  at: number;
  entry: PreviewDocument["fields"][number] | undefined;
  rows: Signal<Row[]>;
}

function Line({ row, at, entry, rows }: LineProps) {
  const change = (changed: Partial<Row>) =>
    (rows.value = rows.value.map((one) => (one.id === row.id ? { ...one, ...changed } : one)));
  return (
    <tr>
      <td>
        <input
          aria-label={`Answer of row ${at + 1}`}
          list="answers"
          required
          disabled={row.rest["source"] !== undefined}
          value={row.field}
          onInput={(event) => change({ field: event.currentTarget.value })}
        />
      </td>
      <td>
        <input
          aria-label={`Target of row ${at + 1}`}
          required
          value={row.target}
          onInput={(event) => change({ target: event.currentTarget.value })}
        />
      </td>
      <td>
        <select aria-label={`Type of row ${at + 1}`} value={row.type} onChange={(event) => change({ type: event.currentTarget.value })}>
          {[...new Set([...types, row.type])].map((type) => (
            <option key={type}>{type}</option>
          ))}
        </select>
      </td>
      <td>
        <select
          aria-label={`Transform of row ${at + 1}`}
          disabled={row.transform === several}
          value={row.transform}
          onChange={(event) => change({ transform: event.currentTarget.value })}
        >
          {[...new Set([...transforms, row.transform])].map((name) => (
            <option key={name} value={name}>
              {name.replaceAll("_", " ")}
            </option>
          ))}
        </select>
      </td>
      <Outcome entry={entry} />
      <td>
        <button
          type="button"
          class="quiet"
          aria-label={`Remove row ${at + 1}`}
          onClick={() => (rows.value = rows.value.filter((one) => one.id !== row.id))}
        >
          ✕
        </button>
      </td>
    </tr>
  );
}

export function Rows({ rows, form, sample, document }: Props) {
  const names = fieldNames(form, sample);
  return (
    <fieldset class="card">
      <legend>Fields</legend>
      <datalist id="answers">
        {names.map((name) => (
          <option key={name} value={name} />
        ))}
      </datalist>
      <table class="rows">
        <thead>
          <tr>
            <th scope="col">Answer</th>
            <th scope="col">Target</th>
            <th scope="col">Type</th>
            <th scope="col">Transform</th>
            <th scope="col">Result</th>
            <th scope="col">
              <span class="unseen">Remove</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.value.map((row, at) => (
            <Line key={row.id} row={row} at={at} entry={document?.fields[at]} rows={rows} />
          ))}
        </tbody>
      </table>
      <button type="button" class="quiet" onClick={() => (rows.value = [...rows.value, newRow()])}>
        Add a field
      </button>
    </fieldset>
  );
}
