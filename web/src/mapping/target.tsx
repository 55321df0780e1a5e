import type { Signal } from "@preact/signals";

import type { Connection, PropertySchema, Provider } from "../api/types";
import type { Draft } from "./model";

interface Props {
  connections: Connection[];
  provider: Provider | undefined;
  config: Signal<Draft["config"]>;
  onConnection: (id: string) => void;
}

interface MemberProps {
  name: string;
  schema: PropertySchema;
  required: boolean;
  value: unknown;
  /** undefined: the member is left out. */
  onChange: (value: unknown) => void;
}

/** What a person entered as the JSON value that the schema asks for; what is no number stays text and is refused. */
function valueOf(text: string, type: string | undefined): unknown {
  if (text === "") return undefined;
  if (type === "boolean") return text === "true";
  if ((type === "integer" || type === "number") && Number.isFinite(Number(text))) return Number(text);
  return text;
}

/** One member of target_config: a choice for a boolean or an enumeration, else a line of text. */
function Member({ name, schema, required, value, onChange }: MemberProps) {
  const choices = schema.type === "boolean" ? ["true", "false"] : schema.enum;
  const shared = { required, title: schema.description ?? "", value: value === undefined ? "" : String(value) };
  const read = (text: string) => onChange(valueOf(text, schema.type));
  return (
    <label>
      {schema.title ?? name.replaceAll("_", " ")}
      {choices ? (
        <select {...shared} onChange={(event) => read(event.currentTarget.value)}>
          <option value="" />
          {choices.map((choice) => (
            <option key={choice} value={choice}>
              {schema.type === "boolean" ? (choice === "true" ? "yes" : "no") : choice}
            </option>
          ))}
        </select>
      ) : (
        <input {...shared} onInput={(event) => read(event.currentTarget.value)} />
      )}
    </label>
  );
}

/** Where it goes: connection, action, and the members of target_config that the action's schema names. */
export function TargetFields({ connections, provider, config, onConnection }: Props) {
  const current = config.value;
  const action = provider?.actions.find((one) => one.id === current.action);
  // What a reading step keeps is the server's to fill in.
  const kept = new Set(action?.steps?.flatMap((step) => step.keep_as ?? []) ?? []);
  const members = Object.entries(action?.config?.properties ?? {}).filter(([name]) => !kept.has(name));
  const chosen = (current["target_config"] ?? {}) as Record<string, unknown>;
  return (
    <fieldset class="card">
      <legend>Destination</legend>
      <label>
        Connection
        <select required value={current.connection_id ?? ""} onChange={(event) => onConnection(event.currentTarget.value)}>
          <option value="" disabled>
            Choose…
          </option>
          {connections.map((one) => (
            <option key={one.id} value={one.id}>
              {one.provider} · {one.account_name}
            </option>
          ))}
        </select>
      </label>
      <label>
        Action
        <select
          required
          disabled={!provider}
          value={current.action}
          onChange={(event) => (config.value = { ...current, action: event.currentTarget.value })}
        >
          <option value="" disabled>
            Choose…
          </option>
          {provider?.actions.map((one) => (
            <option key={one.id} value={one.id}>
              {one.title}
            </option>
          ))}
        </select>
      </label>
      {members.map(([name, schema]) => (
        <Member
          key={name}
          name={name}
          schema={schema}
          required={action?.config?.required?.includes(name) ?? false}
          value={chosen[name]}
          onChange={(value) => {
            const { [name]: _, ...rest } = chosen;
            config.value = { ...current, target_config: value === undefined ? rest : { ...rest, [name]: value } };
          }}
        />
      ))}
      <label>
        Message
        <textarea
          rows={2}
          placeholder="Optional, for actions that send one: New expense {{category}}: {{amount}}"
          value={String(current["message_template"] ?? "")}
          onInput={(event) => {
            const { message_template: _, ...rest } = current;
            const text = event.currentTarget.value;
            config.value = (text ? { ...rest, message_template: text } : rest) as Draft["config"];
          }}
        />
      </label>
    </fieldset>
  );
}
