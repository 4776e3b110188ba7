<?php
// Activates a plugin, or deletes it as its owner would; run by the command line.
$_SERVER += ['HTTP_HOST' => '127.0.0.1', 'SERVER_PROTOCOL' => 'HTTP/1.1', 'REQUEST_METHOD' => 'GET'];
require __DIR__ . '/settings.php';
require ABSPATH . 'wp-settings.php';
require_once ABSPATH . 'wp-admin/includes/plugin.php';
require_once ABSPATH . 'wp-admin/includes/file.php';
[, $act, $plugin] = $argv; // Not before: WordPress has a $plugin of its own.
if ($act === 'activate') {
    $failed = activate_plugin($plugin);
} else {
    deactivate_plugins($plugin);
    $failed = delete_plugins([$plugin]);
}
exit(is_wp_error($failed) ? 1 : 0);
