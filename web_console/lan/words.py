"""What the page for joining says: how a phone comes to trust this machine, and what it lacks until then."""

TITLE = ("加入集结", "Join Muster")
COMPARE = (
    "先核对指纹，与值班室屏幕上的完全一致再安装",
    "First compare the fingerprint with the screen of the duty room; install only if they agree",
)
GET = ("下载证书", "Get the certificate")
GET_IOS = ("下载描述文件（iPhone、iPad）", "Get the profile (iPhone, iPad)")
ENTER = ("打开集结（队长手机）", "Open Muster (leader's phone)")
ENTER_DESK = ("打开调度台", "Open the duty desk")
PRIVATE_ONLY = (
    "本证书只能用于本单位内网的地址，不能用来查看您访问的其他网站。",
    "This certificate can vouch for addresses inside this network only, for no other site.",
)
LACKS = ("不安装证书也能答复召集、打电话，但手机会缺少：", "Without it you can answer calls and ring, but the phone lacks:")
LACKED = (
    (
        "断网时打不开页面，未送出的答复在关闭页面后可能丢失",
        "pages without network; answers not yet sent may be lost when the page is closed",
    ),
    ("系统通知", "notifications"),
    ("保持屏幕常亮", "a screen that stays on"),
    ("当前位置", "its own position"),
    ("安装到桌面", "a place on the home screen"),
)
STEPS = (
    (
        ("安卓", "Android"),
        (
            ("点“下载证书”", "Tap “Get the certificate”"),
            ("设置 → 安全（密码与安全）→ 更多安全设置 → 加密与凭据 → 安装证书 → CA 证书", "Settings, Security, More security settings, Encryption & credentials, Install a certificate, CA certificate"),
            ("选“仍然安装”，选取下载的 muster-ca.crt", "Choose “Install anyway”, then the file muster-ca.crt"),
            ("回到本页，点“打开集结”", "Come back here and open Muster"),
        ),
    ),
    (
        ("苹果 iOS", "iOS"),
        (
            ("用 Safari 打开本页，点“下载描述文件”，点“允许”", "Open this page in Safari, get the profile, tap Allow"),
            ("设置 → 通用 → VPN 与设备管理 → 集结 → 安装", "Settings, General, VPN & Device Management, Muster, Install"),
            ("设置 → 通用 → 关于本机 → 证书信任设置 → 打开“Muster 集结 LAN”", "Settings, General, About, Certificate Trust Settings: switch on “Muster 集结 LAN”"),
            ("回到本页，点“打开集结”", "Come back here and open Muster"),
        ),
    ),
    (
        ("鸿蒙", "HarmonyOS"),
        (
            ("点“下载证书”", "Tap “Get the certificate”"),
            ("设置 → 安全（隐私和安全）→ 更多安全设置 → 加密和凭据 → 从存储设备安装", "Settings, Security, More security settings, Encryption & credentials, Install from storage"),
            ("选取下载的 muster-ca.crt，用途选“VPN 和应用”或“CA 证书”", "Choose muster-ca.crt; use: VPN and apps, or CA certificate"),
            ("回到本页，点“打开集结”", "Come back here and open Muster"),
        ),
    ),
)  # fmt: skip
WECHAT = ("在微信里打开的，请点右上角 … → 在浏览器打开", "Opened inside WeChat? Tap … at the top right, then Open in browser")
ONLY_TRUST = (
    "本端口只发放证书，不提供其他内容；请用 {address}",
    "This port hands out the certificate and nothing else; use {address}",
)
NO_ADDRESS = (
    "没有找到内网地址；请用 --host 指明本机在内网的地址 · no private address found: name this machine's with --host",
    "{address} 不是内网地址，未启动 · {address} is no private address; not started",
)
AUTHORITY = "Muster 集结 LAN"
PROFILE = ("集结：本单位内网证书", "Muster, the certificate of this network")
SAID = (
    "内网 HTTPS · on this network: {desk}   队长 leader {phone}",
    "手机扫码加入（说明怎样信任证书）· scan to join, with the steps to trust the certificate: {join}",
    "证书指纹，请与手机上的核对 · fingerprint to compare (SHA-256):",
    "未信任证书的手机：断网打不开页面，没有系统通知、屏幕常亮、定位、安装到桌面 · a phone without trust has no offline start, notifications, wake lock, location, home screen",
)
