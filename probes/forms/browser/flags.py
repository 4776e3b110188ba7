"""With what the browser is started, beside Playwright's own switches."""

DISABLED = (
    # Of two lists of disabled features Chromium takes the last, so Playwright's own
    # stands here again. https://github.com/microsoft/playwright/blob/main/packages/
    # playwright-core/src/server/chromium/chromiumSwitches.ts
    "AimEnabled",
    "AvoidCorsURLLoaderRestartOnRedirect",
    "AvoidUnnecessaryBeforeUnloadCheckSync",
    "DestroyProfileOnBrowserClose",
    "HttpsFirstBalancedModeAutoEnable",
    "HttpsUpgrades",
    "LensOverlay",
    "MediaRouter",
    "NetworkTimeServiceQuerying",
    "OptimizationHints",
    "PaintHolding",
    "PreconnectToSearch",
    "TcpPortRandomizationWin",
    "ThirdPartyStoragePartitioning",
    "msEdgeUpdateLaunchServicesPreferredVersion",
    "msForceBrowserSignIn",
    # The pages behind the address bar, which each context would load anew: more than
    # half of all that a visit costs. https://chromium.googlesource.com/chromium/src/
    # +/main/chrome/browser/ui/omnibox/omnibox_next_features.cc
    "WebUIOmniboxAimPopup",
    "WebUIOmniboxPopup",
)

FLAGS = (
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-quic",
    "--no-first-run",
    # Components that are wanted at once, and the list of accounts, are asked for all
    # the same: so of nobody. https://chromium.googlesource.com/chromium/src/+/main/
    # components/component_updater/component_updater_command_line_config_policy.cc,
    # google_apis/gaia/gaia_switches.cc
    "--component-updater=url-source=http://127.0.0.1:9/,disable-pings",
    "--gaia-url=http://127.0.0.1:9/",
    # Each page ends itself at so many MB; by itself it would take four thousand.
    "--js-flags=--max-old-space-size=512",
    f"--disable-features={','.join(DISABLED)}",
)
