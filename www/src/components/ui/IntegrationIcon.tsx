// An integration's icon in a tile.
import type { IntegrationMetadata } from "paragon-connect";

export function IntegrationIcon({ metadata, size = 40 }: { metadata: IntegrationMetadata; size?: number }) {
  const inner = Math.round(size * 0.7);
  return (
    <span className={`icon-tile icon-tile-${size}`}>
      <img src={metadata.icon} alt="" width={inner} height={inner} />
    </span>
  );
}
