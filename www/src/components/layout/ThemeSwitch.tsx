// System, light or dark.
import { Monitor, Moon, Sun } from "lucide-react";
import { ToggleButton, ToggleButtonGroup } from "react-aria-components";
import { THEMES, useTheme, type Theme } from "../../app/theme";

const LOOKS: Record<Theme, { label: string; icon: React.ReactNode }> = {
  system: { label: "Theme of the system", icon: <Monitor aria-hidden="true" /> },
  light: { label: "Light theme", icon: <Sun aria-hidden="true" /> },
  dark: { label: "Dark theme", icon: <Moon aria-hidden="true" /> },
};

export function ThemeSwitch() {
  const [theme, setTheme] = useTheme();
  return (
    <ToggleButtonGroup
      className="segments"
      aria-label="Theme"
      disallowEmptySelection
      selectedKeys={[theme]}
      onSelectionChange={(keys) => {
        const next = THEMES.find((each) => keys.has(each));
        if (next) setTheme(next);
      }}
    >
      {THEMES.map((each) => (
        <ToggleButton key={each} id={each} className="segment" aria-label={LOOKS[each].label}>
          {LOOKS[each].icon}
        </ToggleButton>
      ))}
    </ToggleButtonGroup>
  );
}
