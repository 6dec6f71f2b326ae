// Which account the settings below are those of.
import type { IConnectCredential } from "paragon-connect";
import type { ReactElement } from "react";
import { Button, Label, ListBox, ListBoxItem, Popover, Select, SelectValue } from "react-aria-components";
import { useTexts } from "../context.js";
import { Icon } from "../ui/icons.js";
import { accountChoices } from "./accountName.js";

type AccountChoiceProps = { accounts: IConnectCredential[]; value: string; onChange: (id: string) => void };

export function AccountChoice({ accounts, value, onChange }: AccountChoiceProps): ReactElement {
  const { accountSelected } = useTexts();
  return (
    <Select className="pc-field" value={value} onChange={(key) => key !== null && onChange(String(key))}>
      <Label className="pc-label">{accountSelected}</Label>
      <Button className="pc-select-button">
        <SelectValue className="pc-select-value" />
        <Icon name="chevron" />
      </Button>
      <Popover className="pc-popover pc-popover-field">
        <ListBox className="pc-listbox" items={accountChoices(accounts)}>
          {(choice) => (
            <ListBoxItem id={choice.value} className="pc-option" textValue={choice.label}>
              {choice.label}
            </ListBoxItem>
          )}
        </ListBox>
      </Popover>
    </Select>
  );
}
