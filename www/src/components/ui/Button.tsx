// A button in one of the product's looks.
import { Button as AriaButton, type ButtonProps as AriaButtonProps } from "react-aria-components";
import { Spinner } from "./Spinner";

type ButtonProps = Omit<AriaButtonProps, "className" | "children" | "isPending"> & {
  look?: "primary" | "secondary" | "quiet" | "danger";
  size?: "small" | "medium";
  /** What it does is under way. It keeps the focus, but does nothing. */
  isBusy?: boolean;
  children: React.ReactNode;
  "data-testid"?: string;
};

// React Aria's own `isPending` announces a button that may be gone by then, which leaves an image without a name behind.
export function Button({ look = "secondary", size = "medium", isBusy, type, onPress, children, ...rest }: ButtonProps) {
  return (
    <AriaButton
      {...rest}
      type={isBusy ? "button" : type}
      onPress={isBusy ? undefined : onPress}
      aria-disabled={isBusy}
      className={`button button-${look} button-${size}`}
    >
      {isBusy && <Spinner label="Working" />}
      {children}
    </AriaButton>
  );
}
