// A field mapping: an object of the provider, then for each field of the app one of the object's.
import type { InputSources } from "paragon-connect";
import type { ReactElement } from "react";
import { useElementId } from "../compat.js";
import { useTexts } from "../context.js";
import { IconButton } from "../ui/Button.js";
import { Icon } from "../ui/icons.js";
import { fill } from "../texts/index.js";
import type { InputDefinition } from "../values.js";
import { AddField } from "./AddField.js";
import { Choice } from "./Choice.js";
import { FieldTitle, GroupHelp } from "./Field.js";
import { appFields, readMapping, rowsOf, writeMapping, type Mapping } from "./mapping.js";
import type { ConnectInputProps } from "./props.js";
import { UnsupportedInput } from "./UnsupportedInput.js";
import { dependentOn, useInputSources } from "./useInputSources.js";

type MapperSources = Extract<InputSources, { kind: "fieldMapper" }> & { mapObjectFieldOptions?: InputDefinition["dynamicObjectOptions"] };

export function FieldMapperInput({ input, value, onChange, integration, selectedCredentialId, waitsFor, problem }: ConnectInputProps): ReactElement {
  const texts = useTexts();
  const titleId = useElementId();
  const sources = useInputSources(integration, input) as MapperSources | null;
  if (sources?.kind !== "fieldMapper") return <UnsupportedInput input={input} />;

  const app = appFields(sources.mapObjectFieldOptions ?? input.dynamicObjectOptions);
  const mapping = readMapping(value);
  const write = (next: Partial<Mapping>) => onChange(writeMapping({ ...mapping, ...next }, app !== null) as never);
  const { recordSource, dependentInputSource } = sources;
  const shared = { input, integration, selectedCredentialId, isPart: true };
  const parameters = dependentOn([
    ["mainInput", recordSource, mapping.object],
    ["dependentInput", dependentInputSource, mapping.dependent],
  ]);
  const missing = mapping.object === undefined ? recordSource.title : dependentInputSource && !mapping.dependent ? dependentInputSource.title : undefined;

  const fieldSource = sources.fieldSource;
  const rows = app
    ? rowsOf(app, mapping).map(({ label, value: key }) => ({
        key,
        label,
        chosen: mapping.dynamic[key]?.integrationField,
        choose: (field: string | undefined) =>
          write({ dynamic: { ...allRows(), [key]: { applicationField: key, integrationField: field } } }),
        remove: app.userCanRemoveMappings || mapping.created.includes(key) ? () => removeRow(key) : undefined,
      }))
    : (input.savedFieldMappings ?? []).map(({ label }) => ({
        key: label,
        label,
        chosen: mapping.fields[label],
        choose: (field: string | undefined) => write({ fields: { ...mapping.fields, [label]: field } }),
        remove: undefined,
      }));

  /** Every row that is shown, so that one that is removed stays away. */
  function allRows(): Mapping["dynamic"] {
    return Object.fromEntries(
      rowsOf(app!, mapping).map(({ value: key }) => [key, mapping.dynamic[key] ?? { applicationField: key }]),
    );
  }

  function removeRow(key: string) {
    const { [key]: _, ...dynamic } = allRows();
    write({ dynamic, created: mapping.created.filter((name) => name !== key) });
  }

  return (
    <div className="pc-group" role="group" aria-labelledby={titleId}>
      <span id={titleId} className="pc-label">
        <FieldTitle input={input} />
      </span>
      <Choice
        {...shared}
        title={recordSource.title}
        source={recordSource}
        value={mapping.object ?? null}
        // Fields of another object are other fields.
        onChange={(object) => object !== mapping.object && write({ object, dependent: undefined, fields: {}, dynamic: {} })}
        waitsFor={waitsFor}
        problem={mapping.object === undefined ? problem : undefined}
      />
      {dependentInputSource && (
        <Choice
          {...shared}
          title={dependentInputSource.title}
          source={dependentInputSource}
          parameters={dependentOn([["mainInput", recordSource, mapping.object]])}
          value={mapping.dependent ?? null}
          onChange={(dependent) => dependent !== mapping.dependent && write({ dependent, fields: {}, dynamic: {} })}
          waitsFor={mapping.object === undefined ? recordSource.title : undefined}
        />
      )}
      {rows.map((row) => (
        <div key={row.key} className="pc-mapping">
          <Choice
            {...shared}
            title={row.label}
            source={fieldSource}
            parameters={parameters}
            value={row.chosen ?? null}
            onChange={row.choose}
            waitsFor={missing}
            problem={mapping.object !== undefined && !row.chosen ? problem : undefined}
          />
          {row.remove && !input.readOnly && (
            <IconButton label={fill(texts.removeField, { field: row.label })} onPress={row.remove}>
              <Icon name="trash" />
            </IconButton>
          )}
        </div>
      ))}
      {app && !input.readOnly && mapping.object !== undefined && (
        <AddField
          options={app.fields.filter(({ value: key }) => !rows.some((row) => row.key === key))}
          canCreate={app.userCanCreateFields}
          taken={rows.map(({ label }) => label)}
          onAdd={(key, isNew) =>
            write({
              dynamic: { ...allRows(), [key]: { applicationField: key } },
              created: isNew ? [...mapping.created, key] : mapping.created,
            })
          }
        />
      )}
      <GroupHelp input={input} />
    </div>
  );
}
