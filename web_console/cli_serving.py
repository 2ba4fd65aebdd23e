"""`muster serve`: a realm, or the demo, on this machine or on a county's network."""

import argparse
import os

import httpx2
from fastapi import FastAPI

from command.core.chance import SystemChance
from command.core.clock import SystemClock
from command.core.locks import serve_alone
from web_console.about import read_about
from web_console.accounts.passwords import DEMO_PASSWORD
from web_console.app import make_app
from web_console.cli_realm import Say, folder_of, open_realm
from web_console.demo import fresh_passwords, live_demo, open_demo, sign_ins
from web_console.exercises.serving import Exercises, under
from web_console.lan.serving import Lan, serve_on_lan
from web_console.master_key import master_key
from web_console.modem.listening import listening
from web_console.modem.modem import Modem
from web_console.pager import Channel
from web_console.serving import serve
from web_console.sms import SmsGateway, VoiceGateway

DEMO_HOST = "127.0.0.1"


def add_serving(acts: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Teach the command line this one."""
    server = acts.add_parser("serve", help="serve a realm")
    server.add_argument("--port", type=int, default=int(os.environ.get("MUSTER_PORT", "8000")))
    server.add_argument("--host", help="address to listen on; 127.0.0.1, with --lan every private one")
    server.add_argument("--lan", action="store_true", help="HTTPS on the county's network, by an authority of its own")
    server.add_argument("--demo", action="store_true", help="a made-up city with simulated leaders, on this machine only")
    server.set_defaults(run=_serve)


def _serve(options: argparse.Namespace, say: Say) -> int:
    """One process, the embedded stores. What reaches people outside is named by the environment (README)."""
    if options.demo:
        return _serve_demo(options, say)
    channels = _channels()
    folder = folder_of(options).path
    read_about(folder, kind="live")
    with serve_alone(folder):  # before the house is opened: it would end what another process is sending
        house = open_realm(options, channels, beside=False)
        if not channels:
            say("未配置短信等外呼通道：休眠的手机只能打电话 · no channel outside: sleeping phones must be rung by hand")
        modem = next((each for each in channels if isinstance(each, Modem)), None)
        public_url = os.environ.get("MUSTER_PUBLIC_URL", "")
        exercises = Exercises(
            house, clock=SystemClock(), chance=SystemChance(), master=master_key(options.home), channels=channels,
            make_app=lambda held: make_app(held, live=False, public_url=under(public_url, held)),
        )  # fmt: skip
        app = make_app(
            house, live=True, beside=listening(modem) if modem is not None else None, exercises=exercises,
            gateway_secret=os.environ.get("MUSTER_GATEWAY_SECRET", ""), public_url=public_url,
        )  # fmt: skip
        if options.lan:
            _serve_lan(app, _lan(options), say)
        else:
            say(f"集结 Muster: http://{options.host or DEMO_HOST}:{options.port}/")
            serve(app, host=options.host or DEMO_HOST, port=options.port)
    return 0


def _lan(options: argparse.Namespace) -> Lan:
    return Lan(options.home, host=options.host, port=options.port, clock=SystemClock())


def _serve_lan(app: FastAPI, lan: Lan, say: Say) -> None:
    for line in lan.in_lines():
        say(line)
    serve_on_lan(app, lan)


def _channels() -> tuple[Channel, ...]:
    """The ladder of what reaches telephones, in order: the SMS gateway, the modem on this computer, the voice gateway."""
    client, named = httpx2.AsyncClient(), os.environ.get
    answers = bool(named("MUSTER_GATEWAY_SECRET"))
    sms, modem, voice = named("MUSTER_SMS_URL"), named("MUSTER_MODEM"), named("MUSTER_VOICE_URL")
    clock = SystemClock()
    return (
        *([SmsGateway(sms, token=named("MUSTER_SMS_TOKEN", ""), client=client, answers=answers)] if sms else []),
        *([Modem(modem, mono_s=lambda: clock.mono_ms() / 1000)] if modem else []),
        *([VoiceGateway(voice, token=named("MUSTER_VOICE_TOKEN", ""), client=client, answers=answers)] if voice else []),
    )


def _serve_demo(options: argparse.Namespace, say: Say) -> int:
    """The demo is a realm of its own; its accounts exist nowhere else, and it listens on this machine only."""
    if options.lan:
        return _serve_demo_on_lan(options, say)
    if options.host not in {None, DEMO_HOST}:
        raise ValueError(f"演示的密码人人皆知，只在本机提供 · the demo's passwords are known to all: {DEMO_HOST} only")
    folder = options.home / "realms" / "demo"
    folder.mkdir(parents=True, exist_ok=True)
    with serve_alone(folder):
        say("演示城市 云江市（虚构）准备中 · preparing the fictional demo city Yunjiang")
        house = open_demo(folder, master=master_key(options.home), clock=SystemClock())
        say(
            f"演示数据：城市、人员和事件均为虚构，队长由程序模拟 · fictional data, simulated leaders\n调度台 desk http://{DEMO_HOST}:{options.port}/   队长 leader http://{DEMO_HOST}:{options.port}/phone"
        )
        for each in sign_ins(house):
            say(f"  {each.login:<10} {DEMO_PASSWORD}   {each.role}")
        serve(make_app(house, live=True, beside=live_demo), host=DEMO_HOST, port=options.port)
    return 0


def _serve_demo_on_lan(options: argparse.Namespace, say: Say) -> int:
    """Another realm of the kind demo: no password that is known to all has ever opened it."""
    lan = _lan(options)
    folder = options.home / "realms" / "demo-lan"
    folder.mkdir(parents=True, exist_ok=True)
    with serve_alone(folder):
        say("演示城市 云江市（虚构）准备中 · preparing the fictional demo city Yunjiang")
        house = open_demo(folder, master=master_key(options.home), clock=SystemClock(), password=None)
        known = fresh_passwords(house, SystemChance())
        say("演示数据。密码每次启动重新生成，只显示在这里 · fictional data; passwords are made at each start and shown here only")
        for each in sign_ins(house):
            say(f"  {each.login:<10} {known[each.login]}   {each.role}")
        _serve_lan(make_app(house, live=True, beside=live_demo), lan, say)
    return 0
