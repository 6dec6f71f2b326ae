// A part of the inspector that folds.
import { ChevronRight } from "lucide-react";
import { Button, Disclosure, DisclosurePanel, Heading } from "react-aria-components";

type PanelProps = {
  title: string;
  note?: string | number;
  actions?: React.ReactNode;
  children: React.ReactNode;
};

export function Panel({ title, note, actions, children }: PanelProps) {
  return (
    <Disclosure className="panel" defaultExpanded>
      <div className="panel-head">
        <Heading level={2}>
          <Button slot="trigger" className="panel-toggle">
            <ChevronRight aria-hidden="true" />
            {title}
          </Button>
        </Heading>
        {note !== undefined && <span className="count">{note}</span>}
        {actions && <div className="panel-actions">{actions}</div>}
      </div>
      <DisclosurePanel className="panel-body">{children}</DisclosurePanel>
    </Disclosure>
  );
}
