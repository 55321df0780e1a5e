import type { Signal } from "@preact/signals";

import type { Connection, Provider } from "../api/types";
import type { Draft } from "./model";

interface Props {
  connections: Connection[];
  provider: Provider | undefined;
  config: Signal<Draft["config"]>;
  onConnection: (id: string) => void;
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
        <label key={name}>
          {schema.title ?? name.replaceAll("_", " ")}
          <input
            required={action?.config?.required?.includes(name) ?? false}
            title={schema.description ?? ""}
            value={String(chosen[name] ?? "")}
            onInput={(event) =>
              (config.value = { ...current, target_config: { ...chosen, [name]: event.currentTarget.value } })
            }
          />
        </label>
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
