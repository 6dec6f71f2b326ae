// The provider's window is open.
import { Spinner } from "../ui/Spinner";
import { Button } from "../ui/Button";

export function OAuthWaiting({ name, onCancel }: { name: string; onCancel: () => void }) {
  return (
    <>
      <div className="dialog-body stage-wait">
        <Spinner label={`Waiting for ${name}`} size={32} />
        <p className="stage-wait-title">Waiting for {name}</p>
        <p className="muted">Sign in and allow access in the window that has opened. This page goes on by itself.</p>
      </div>
      <footer className="dialog-foot">
        <Button onPress={onCancel}>Cancel</Button>
      </footer>
    </>
  );
}
