"""Every way a command can fail, as one tree; the words beside the codes.

    MusterError
    ├── Refused            the rules say no; nothing changed; the same id may come again
    │   ├── Reused         the id is bound to another body
    │   ├── Unknown        no command of that id was ever acknowledged
    │   └── Busy           too many are waiting; come again after `retry_after_ms`
    ├── Bug                a decider raised; only its own command failed
    ├── LogUnavailable     the log could not be written; the whole batch changed nothing
    ├── ReadOnly           the log holds facts newer than this program
    ├── LogBroken          the log is not the one this process has folded
    └── WrongKey           the master key does not open the vault; nothing was begun

A code is stable for ever; its words may improve. Each floor adds its own words (`Words`), assembly joins them.
"""

from collections.abc import Mapping
from typing import NamedTuple


class Words(NamedTuple):
    """What a person reads for a code: Chinese first. `{fact}` is filled from the facts of the refusal."""

    zh: str
    en: str
    status: int = 422


class MusterError(Exception):
    """The root: `code` is stable, `facts` are plain values."""

    code = "internal.error"

    def __init__(self, **facts: object) -> None:
        super().__init__(self.code, facts)
        self.facts: dict[str, object] = facts


class Refused(MusterError):
    """The rules say no. `Refused("place.off_city", lon=…)`: nothing was recorded."""

    def __init__(self, code: str, **facts: object) -> None:
        self.code = code
        super().__init__(**facts)


class Reused(Refused):
    """This command id already stands for another body."""

    def __init__(self, command_id: str) -> None:
        super().__init__("command.reused", command_id=command_id)


class Unknown(Refused):
    """No command of this id was ever acknowledged."""

    def __init__(self) -> None:
        super().__init__("command.unknown")


class Busy(Refused):
    """The door holds as many waiting commands as it may."""

    def __init__(self, retry_after_ms: int) -> None:
        super().__init__("door.busy", retry_after_ms=retry_after_ms)


class Bug(MusterError):
    """A decider raised something that is no refusal."""

    code = "internal.bug"


class LogUnavailable(MusterError):
    """The log could not be written (disk full, locked out): the batch is refused whole."""

    code = "log.unavailable"


class ReadOnly(MusterError):
    """A fact newer than this program stands in the log: it serves reads and decides nothing."""

    code = "log.newer"


class LogBroken(MusterError):
    """The file under us is not the log we have folded (cut, replaced, altered)."""

    code = "log.broken"


class WrongKey(MusterError):
    """The master key is none, or not the one this vault's keys are wrapped with."""

    code = "vault.key"


WORDS: Mapping[str, Words] = {
    "internal.error": Words("系统内部错误，未做任何更改", "Internal error; nothing was changed", 500),
    "internal.bug": Words("这条命令处理出错，未做任何更改，已记录", "This command failed inside; nothing was changed", 500),
    "log.unavailable": Words("日志无法写入，未做任何更改，请稍后重试", "The log cannot be written; nothing was changed", 503),
    "log.newer": Words("日志含有更新版本的记录，本机只读", "The log holds newer facts; this instance only reads", 503),
    "log.broken": Words("日志文件与运行中的记录不符，已停止受理", "The log file is not the one in use; deciding stopped", 503),
    "vault.key": Words(
        "主密钥不对，打不开密钥库；未执行，请放回原来的主密钥", "The master key does not open the vault; nothing was done", 500
    ),
    "erase.unfinished": Words(
        "已销毁，但另一程序正在读取，旧页还留在缓存文件里；请再执行一次",
        "Erased, but somebody reads on and a copy still lies in the write-ahead log; do it again",
        503,
    ),
    "backup.keys": Words(
        "密钥副本写不成，未备份完：{path}。若那里已有的副本读不出，请先移开",
        "The copy of the keys cannot be written; the backup is not finished: {path}. Move an unreadable one away first",
        500,
    ),
    "restore.none": Words("那里没有备份：{path}。未恢复，原实例未动", "There is no backup: {path}. Nothing was touched", 404),
    "restore.unfinished": Words(
        "这份备份没有做完：{path}。未恢复，原实例未动", "This backup was not finished: {path}. Nothing was touched", 422
    ),
    "restore.no_keys": Words(
        "找不到密钥副本：{path}。未恢复，原实例未动", "The copy of the keys is missing: {path}. Nothing was touched", 404
    ),
    "restore.damaged": Words(
        "备份的日志在位置 {position} 有误（{fault}）。未恢复，原实例未动",
        "The backup's log is bad at position {position} ({fault}). Nothing was touched",
        422,
    ),
    "realm.served": Words("这个实例正由另一个进程运行，未执行", "Another process is serving this realm; nothing was done", 409),
    "realm.in_use": Words(
        "另一条命令正在使用这个实例，请等它结束；未执行", "Another command has this realm open; nothing was done", 409
    ),
    "realm.restoring": Words("这个实例正在恢复备份，未执行", "This realm is being restored; nothing was done", 409),
    "command.reused": Words("命令编号已用于另一内容，未执行", "This command id stands for another body", 409),
    "command.id": Words("命令编号缺失或格式不对", "The command id is missing or malformed", 400),
    "command.unknown": Words("无此命令", "No such command", 400),
    "door.busy": Words("系统繁忙，请稍后重试", "Too many commands are waiting; try again shortly", 503),
    "times": Words("时间不合理：应为 发生≤得知≤现在", "Times must be: happened, learned, now", 422),
    "stale": Words("内容已被他人更改，请先看新内容", "This was changed meanwhile; look again first", 409),
}
