// An integration's icon in a tile.
import type { IntegrationMetadata } from "paragon-connect";
import type { ReactElement } from "react";

export function IntegrationIcon({ metadata, size = 40 }: { metadata: IntegrationMetadata; size?: 40 | 56 }): ReactElement {
  const inner = Math.round(size * 0.7);
  return (
    <span className={`pc-icon-tile pc-icon-tile-${size}`}>
      <img src={metadata.icon} alt="" width={inner} height={inner} />
    </span>
  );
}
