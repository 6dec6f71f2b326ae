// The address names a project that is not there.
import { FolderX } from "lucide-react";
import { EmptyState } from "../../../src/components/layout/EmptyState";
import { href } from "../app/route";
import { Link } from "../ui/Link";

export function Gone({ project }: { project: string }) {
  return (
    <EmptyState isPage icon={<FolderX />} title="This project is not there" text={`The platform has no project ${project}. It may have been deleted.`}>
      <Link className="pc-button pc-button-primary pc-button-medium" href={href("default", "overview")}>
        Open the first project
      </Link>
    </EmptyState>
  );
}
