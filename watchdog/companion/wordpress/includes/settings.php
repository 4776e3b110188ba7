<?php
/** What the owner said when this plugin was made: settings.php lies beside the plugin's file. */

namespace ContactWatchdog;

defined('ABSPATH') || exit;

const LEAST_KEY = 32;

/** @return array{key: string, keep_tests_out: bool, keep_days: int} */
function settings(): array
{
    static $settings = null;
    if ($settings === null) {
        $said = require dirname(__DIR__) . '/settings.php';
        $usual = ['key' => '', 'keep_tests_out' => false, 'keep_days' => 90];
        $settings = (is_array($said) ? $said : []) + $usual;
    }
    return $settings;
}
