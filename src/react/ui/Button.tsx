// A button in one of the looks.
import type { ReactElement, ReactNode } from "react";
import { Button as AriaButton, type ButtonProps as AriaButtonProps } from "react-aria-components";
import { useTexts } from "../context.js";
import { Spinner } from "./Spinner.js";

type ButtonProps = Omit<AriaButtonProps, "className" | "children" | "isPending"> & {
  look?: "primary" | "secondary" | "quiet" | "danger";
  size?: "small" | "medium";
  /** What it does is under way. It keeps the focus, but does nothing. */
  isBusy?: boolean;
  children: ReactNode;
  "data-testid"?: string;
};

// React Aria's own `isPending` announces a button that may be gone by then, which leaves an image without a name behind.
export function Button({ look = "secondary", size = "medium", isBusy, type, onPress, children, ...rest }: ButtonProps): ReactElement {
  const texts = useTexts();
  return (
    <AriaButton
      {...rest}
      type={isBusy ? "button" : type}
      onPress={isBusy ? undefined : onPress}
      aria-disabled={isBusy}
      className={`pc-button pc-button-${look} pc-button-${size}`}
    >
      {isBusy && <Spinner label={texts.working} />}
      {children}
    </AriaButton>
  );
}

type IconButtonProps = Omit<AriaButtonProps, "className" | "children" | "aria-label"> & {
  label: string;
  children: ReactNode;
};

/** A button that shows only an icon. */
export function IconButton({ label, children, ...rest }: IconButtonProps): ReactElement {
  return (
    <AriaButton {...rest} aria-label={label} className="pc-icon-button">
      {children}
    </AriaButton>
  );
}
