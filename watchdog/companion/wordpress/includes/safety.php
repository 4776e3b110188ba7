<?php
/** The two ways in which we touch the site: neither can break it. */

namespace ContactWatchdog;

defined('ABSPATH') || exit;

/** Calls `$see` at an action or filter, and leaves everything as it is. */
function watch(string $hook, callable $see, int $priority = 10): void
{
    change($hook, static function (...$given) use ($see) {
        $see(...$given);
        return $given[0] ?? null;
    }, $priority);
}

/** Lets `$body` answer a filter; if it fails, the site's own value stays. */
function change(string $hook, callable $body, int $priority = 10): void
{
    add_filter($hook, static function (...$given) use ($body) {
        try {
            return $body(...$given);
        } catch (\Throwable $error) {
            note($error);
            return $given[0] ?? null;
        }
    }, $priority, 8);
}

/** Logs where we failed.  What failed may hold somebody's words, so that is not told. */
function note(\Throwable $error): void
{
    $place = basename($error->getFile()) . ':' . $error->getLine();
    error_log('Contact Watchdog Companion: ' . get_class($error) . " in $place");
}
