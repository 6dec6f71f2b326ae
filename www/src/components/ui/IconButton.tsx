// A button that shows only an icon; its name is for assistive technology and the tooltip.
import { Button, Tooltip, TooltipTrigger, type ButtonProps } from "react-aria-components";

type IconButtonProps = Omit<ButtonProps, "className" | "children" | "aria-label"> & {
  label: string;
  children: React.ReactNode;
};

export function IconButton({ label, children, ...rest }: IconButtonProps) {
  return (
    <TooltipTrigger delay={600}>
      <Button {...rest} aria-label={label} className="icon-button">
        {children}
      </Button>
      <Tooltip className="tooltip" offset={6}>
        {label}
      </Tooltip>
    </TooltipTrigger>
  );
}
