<?php
// Does with a plugin what its owner, or WordPress's clock, would; run by the command line.
$_SERVER += ['HTTP_HOST' => '127.0.0.1', 'SERVER_PROTOCOL' => 'HTTP/1.1', 'REQUEST_METHOD' => 'GET'];
require __DIR__ . '/settings.php';
require ABSPATH . 'wp-settings.php';
require_once ABSPATH . 'wp-admin/includes/plugin.php';
require_once ABSPATH . 'wp-admin/includes/file.php';
[, $act, $about] = $argv; // Not before: WordPress has many a variable of its own.
switch ($act) {
    case 'activate':
        $done = activate_plugin($about);
        break;
    case 'delete':
        deactivate_plugins($about);
        $done = delete_plugins([$about]);
        break;
    case 'run':
        $done = do_action($about);
        break;
    case 'export':
    case 'erase':
        $tools = ['export' => 'wp_privacy_personal_data_exporters', 'erase' => 'wp_privacy_personal_data_erasers'];
        $done = apply_filters($tools[$act], [])['contact-watchdog']['callback']($about, 1);
        echo json_encode($done);
}
exit(is_wp_error($done) ? 1 : 0);
