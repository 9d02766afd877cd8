"""The stand-in behaves as Telegram does, seen through PTB's real network stack."""

import asyncio
import json

import httpx
import pytest
from telegram import BotCommand, InlineKeyboardButton, InlineKeyboardMarkup, Update
from telegram.error import BadRequest, Conflict, Forbidden, InvalidToken, NetworkError, RetryAfter
from telegram.ext import (
    Application,
    ApplicationBuilder,
    CallbackQueryHandler,
    CommandHandler,
    MessageHandler,
    filters,
)
from telegram.request import HTTPXRequest
from telegram_server import TelegramServer, utf16


def keyboard(*labels):
    """One row of buttons whose data is their label in lower case."""
    return InlineKeyboardMarkup([[InlineKeyboardButton(label, callback_data=label.lower()) for label in labels]])


def refused(reason):
    """Expect a bad request for this reason; PTB changes the case of Telegram's words."""
    return pytest.raises(BadRequest, match=f"(?i){reason}")


def called(server, method):
    return method in [name for name, _ in server.calls]


@pytest.fixture
async def server():
    async with TelegramServer() as server:
        yield server


def build(server):
    """An application that talks to the stand-in; it skips reading TLS certificates to start faster."""
    builder = ApplicationBuilder().token(server.token).base_url(server.base_url)
    requests = [HTTPXRequest(httpx_kwargs={"verify": False}) for _ in range(2)]
    return builder.request(requests[0]).get_updates_request(requests[1]).build()


@pytest.fixture
async def application(server):
    async with build(server) as application:
        yield application


@pytest.fixture
def bot(application):
    return application.bot


@pytest.fixture
def person(server):
    return server.person()


async def greet(update: Update, context):
    await update.message.reply_text(f"Bonjour {update.effective_user.first_name}", reply_markup=keyboard("Oui", "Non"))


async def confirm(update: Update, context):
    await update.callback_query.answer()
    await update.callback_query.edit_message_text(f"Choisi : {update.callback_query.data}")


async def echo(update: Update, context):
    await update.effective_message.reply_html(f"<b>{update.effective_message.text or 'pas de texte'}</b> &amp; fin")


@pytest.fixture
async def running(application: Application):
    """The bot polls: greets on /start, confirms presses by an edit, echoes everything else in bold."""
    application.add_handlers(
        [CommandHandler("start", greet), CallbackQueryHandler(confirm), MessageHandler(filters.ALL, echo)]
    )
    await application.start()
    await application.updater.start_polling()
    yield application
    await application.updater.stop()
    await application.stop()


class TestPerson:
    async def test_talks_and_presses(self, running, person, server):
        await person.says("/start")
        greeting = await person.reads()
        assert (greeting.text, greeting.buttons) == ("Bonjour Camille", [["Oui", "Non"]])
        query_id = await person.presses("Oui")
        edited = await person.reads()
        assert (edited.text, edited.message_id, edited.buttons) == ("Choisi : oui", greeting.message_id, [])
        assert server.queries[query_id] == {"callback_query_id": query_id}
        assert [message.text for message in person.messages] == ["Choisi : oui"]
        assert [message.text for message in server.sent[person.chat_id]] == ["Bonjour Camille"]

    async def test_reads_plain_text_and_raw_html(self, running, person):
        await person.says("Züri 😀")
        answer = await person.reads()
        assert (answer.text, answer.html) == ("Züri 😀 & fin", "<b>Züri 😀</b> &amp; fin")

    async def test_people_do_not_read_each_other(self, running, person, server):
        other = server.person(name="Anouk", language_code="de", chat_id=77)
        await person.says("a")
        await other.says("b")
        assert (await person.reads()).text == "a & fin"
        assert (await other.reads()).text == "b & fin"

    async def test_sends_all_kinds(self, running, person):
        for sends in (person.sends_sticker, person.sends_photo, person.sends_location, person.sends_voice):
            await sends()
            assert (await person.reads()).text == "pas de texte & fin"

    async def test_edits_an_own_message(self, running, person):
        message_id = await person.says("avant")
        await person.reads()
        await person.edits(message_id, "après")
        assert (await person.reads()).text == "après & fin"

    async def test_reads_until_quiet(self, bot, person):
        for text in ("un", "deux"):
            await bot.send_message(person.chat_id, text)
        assert [message.text for message in await person.reads_until_quiet(quiet=0)] == ["un", "deux"]

    async def test_forges_button_data(self, running, person):
        await person.says("/start")
        await person.reads()
        await person.presses_data("../../etc")
        assert (await person.reads()).text == "Choisi : ../../etc"

    async def test_waits_for_a_button_still_to_come(self, running, person, server):
        await person.says("/start")
        await person.presses("Non")
        assert await server.until(lambda: [message.text for message in person.messages] == ["Choisi : non"])

    async def test_presses_the_newest_button_by_exact_label_or_unique_beginning(self, bot, person, server):
        for data in ("old", "new"):
            buttons = [InlineKeyboardButton(label, callback_data=f"{data} {label}") for label in ("Oui", "Oui, mais")]
            await bot.send_message(person.chat_id, "?", reply_markup=InlineKeyboardMarkup([buttons]))
        await person.presses("Oui")
        await person.presses("Oui,")
        assert [update["callback_query"]["data"] for update in server.updates] == ["new Oui", "new Oui, mais"]
        with pytest.raises(AssertionError, match="several buttons"):
            await person.presses("Ou")

    async def test_a_missing_button_names_those_shown(self, bot, person):
        await bot.send_message(person.chat_id, "?", reply_markup=keyboard("Oui", "Non"))
        with pytest.raises(AssertionError, match=r"no button 'oui'.*\['Oui', 'Non'\]"):
            await person.presses("oui", timeout=0)

    async def test_silence_names_what_is_visible(self, bot, person):
        await bot.send_message(person.chat_id, "vu")
        await person.reads()
        with pytest.raises(AssertionError, match=r"nothing new.*\['vu'\]"):
            await person.reads(timeout=0)

    async def test_link_button_gives_its_address(self, bot, person, server):
        link = InlineKeyboardButton("Site", url="https://www.fr.ch/")
        await bot.send_message(person.chat_id, "?", reply_markup=InlineKeyboardMarkup([[link]]))
        assert await person.presses("Site") == "https://www.fr.ch/"
        assert server.updates == []

    async def test_commands_are_marked_in_utf16_units(self, bot, person):
        await person.says("😀 /aide et a/b")
        (update,) = await bot.get_updates()
        assert update.message.parse_entities(["bot_command"]).popitem()[1] == "/aide"
        assert update.effective_user.language_code == "fr"

    async def test_blocked(self, bot, person):
        await person.blocks_bot()
        with pytest.raises(Forbidden, match="bot was blocked by the user"):
            await bot.send_message(person.chat_id, "?")
        await person.blocks_bot(False)
        assert await bot.send_message(person.chat_id, "?")


class TestUpdates:
    async def test_only_a_higher_offset_confirms(self, bot, person):
        for text in "abc":
            await person.says(text)
        first = await bot.get_updates(limit=2)
        assert [update.message.text for update in first] == ["a", "b"]
        assert await bot.get_updates(limit=2) == first
        rest = await bot.get_updates(offset=first[-1].update_id + 1)
        assert [update.message.text for update in rest] == ["c"]

    async def test_negative_offset_forgets_all_but_the_last(self, bot, person, server):
        for text in "abc":
            await person.says(text)
        assert [update.message.text for update in await bot.get_updates(offset=-1)] == ["c"]
        assert len(server.updates) == 1

    async def test_long_poll_ends_when_an_update_comes(self, bot, person, server):
        poll = asyncio.create_task(bot.get_updates(timeout=30))
        await server.until(lambda: called(server, "getUpdates"))
        await person.says("enfin")
        assert (await poll)[0].message.text == "enfin"

    async def test_empty_poll_ends_by_itself(self, bot):
        assert await bot.get_updates(timeout=0) == ()

    async def test_allowed_updates_hold_from_then_on(self, bot, person):
        await bot.get_updates(allowed_updates=["callback_query"])
        await person.says("pas voulu")
        await bot.send_message(person.chat_id, "?", reply_markup=keyboard("Oui"))
        await person.presses("Oui")
        assert [update.callback_query.data for update in await bot.get_updates()] == ["oui"]

    async def test_second_poller_ends_the_first(self, bot, server):
        poll = asyncio.create_task(bot.get_updates(timeout=30))
        await server.until(lambda: called(server, "getUpdates"))
        async with build(server) as other:
            assert await other.bot.get_updates(timeout=0) == ()
        with pytest.raises(Conflict, match="terminated by other getUpdates request"):
            await poll

    async def test_pushed_updates_make_their_chat_known(self, running, server):
        for number in range(300):
            chat, user = {"id": 5, "type": "private"}, {"id": 5, "is_bot": False, "first_name": "X"}
            message = {"message_id": number, "date": 0, "chat": chat, "from": user, "text": str(number)}
            server.push({"message": message})
        assert await server.until(lambda: len(server.sent[5]) == 300, timeout=30)
        assert [message.text for message in server.sent[5]] == [f"{number} & fin" for number in range(300)]


class TestText:
    @pytest.mark.parametrize("text", ["", "  \n", "<b> </b>"])
    async def test_empty(self, bot, person, text):
        with refused("message text is empty"):
            await bot.send_message(person.chat_id, text, parse_mode="HTML")

    async def test_limit_counts_utf16_units_without_tags(self, bot, person):
        longest = "😀" * 2048
        sent = await bot.send_message(person.chat_id, f"<b>{longest}</b>", parse_mode="HTML")
        assert utf16(sent.text) == 4096
        with refused("message is too long"):
            await bot.send_message(person.chat_id, longest + "a")

    async def test_well_formed_html(self, bot, person):
        source = (
            '<b><strong>1</strong></b> <i><em>2</em></i> <u>3</u> <s>4</s> <a href="http://a/?b&amp;c">5</a> '
            '<code>6</code> <pre>7</pre> <pre><code class="language-python">8</code></pre> '
            "<blockquote>9</blockquote> <blockquote expandable>10</blockquote> <tg-spoiler>11</tg-spoiler> "
            "&lt;&gt;&amp;&quot;&#39;&#x27;"
        )
        sent = await bot.send_message(person.chat_id, source, parse_mode="HTML")
        assert sent.text == "1 2 3 4 5 6 7 8 9 10 11 <>&\"''"
        assert (await person.reads()).html == source

    @pytest.mark.parametrize(
        "source",
        [
            "<b>1", "1</b>", "<b><i>1</b></i>", "a < b", "a & b", "&nbsp;", "&apos;", "&bogus", "<p>1</p>",
            "<br/>", "<B>1</B>", "<a>1</a>", "<a href=x>1</a>", '<b class="x">1</b>', "<!-- 1 -->", "<?x?>",
            "<code><b>1</b></code>", "<blockquote><blockquote>1</blockquote></blockquote>",
            "</html><html>", "<![CDATA[1]]>",
        ],
    )  # fmt: skip
    async def test_malformed_html(self, bot, person, source):
        with refused("can't parse entities"):
            await bot.send_message(person.chat_id, source, parse_mode="HTML")

    async def test_without_parse_mode_everything_is_text(self, bot, person):
        assert (await bot.send_message(person.chat_id, "a < b & <b>")).text == "a < b & <b>"

    async def test_other_parse_modes_are_unsupported(self, bot, person):
        with refused("unsupported parse_mode"):
            await bot.send_message(person.chat_id, "*a*", parse_mode="MarkdownV2")

    async def test_control_characters_become_spaces(self, bot, person):
        assert (await bot.send_message(person.chat_id, "a\x00b\x1bc", parse_mode="HTML")).text == "a b c"

    async def test_unknown_chat(self, bot):
        with refused("chat not found"):
            await bot.send_message(4242, "?")

    async def test_dates_are_unix_seconds(self, bot, person, server):
        await bot.send_message(person.chat_id, "?")
        assert 1_700_000_000 < server.sent[person.chat_id][0].date < 10_000_000_000


class TestButtons:
    @pytest.mark.parametrize(("data", "fits"), [("é" * 32, True), ("é" * 32 + "a", False), ("", False)])
    async def test_data_has_1_to_64_bytes(self, bot, person, data, fits):
        markup = InlineKeyboardMarkup([[InlineKeyboardButton("Oui", callback_data=data)]])
        if fits:
            assert (await bot.send_message(person.chat_id, "?", reply_markup=markup)).reply_markup == markup
        else:
            with refused("button_data_invalid"):
                await bot.send_message(person.chat_id, "?", reply_markup=markup)

    async def test_label_is_not_empty(self, bot, person):
        with refused("text must be non-empty"):
            await bot.send_message(person.chat_id, "?", reply_markup=keyboard("Oui", " "))

    async def test_unknown_query_cannot_be_answered(self, bot):
        with refused("query is too old"):
            await bot.answer_callback_query("1")

    async def test_answer_is_kept(self, bot, person, server):
        await bot.send_message(person.chat_id, "?", reply_markup=keyboard("Oui"))
        query_id = await person.presses("Oui")
        assert server.queries == {query_id: None}
        await bot.answer_callback_query(query_id, text="Noté", show_alert=True)
        assert server.queries[query_id] == {"callback_query_id": query_id, "text": "Noté", "show_alert": True}
        with refused("message_too_long"):
            await bot.answer_callback_query(query_id, text="a" * 201)


class TestEdits:
    async def test_same_text_and_buttons_are_refused(self, bot, person):
        sent = await bot.send_message(person.chat_id, "?", reply_markup=keyboard("Oui"))
        with refused("message is not modified"):
            await sent.edit_text(" ?\n", reply_markup=keyboard("Oui"))
        with refused("message is not modified"):
            await sent.edit_reply_markup(keyboard("Oui"))

    async def test_text_edit_removes_buttons_and_is_read_again(self, bot, person):
        sent = await bot.send_message(person.chat_id, "?", reply_markup=keyboard("Oui"))
        assert (await person.reads()).buttons == [["Oui"]]
        assert (await sent.edit_text("!")).edit_date
        assert ((await person.reads()).text, person.messages[0].buttons) == ("!", [])

    async def test_edit_of_buttons_only_is_no_news(self, bot, person):
        sent = await bot.send_message(person.chat_id, "?", reply_markup=keyboard("Oui"))
        await person.reads()
        await sent.edit_reply_markup(None)
        assert (person.messages[0].buttons, person.unread) == ([], [])

    async def test_unknown_and_foreign_messages(self, bot, person):
        message_id = await person.says("à moi")
        with refused("message can't be edited"):
            await bot.edit_message_text("?", person.chat_id, message_id)
        with refused("message to edit not found"):
            await bot.edit_message_text("?", person.chat_id, 9999)
        with refused("message to delete not found"):
            await bot.delete_message(person.chat_id, 9999)

    async def test_deleted_messages_are_gone_unread(self, bot, person):
        sent = await bot.send_message(person.chat_id, "?")
        assert await sent.delete()
        assert (person.messages, person.unread) == ([], [])


class TestFiles:
    async def test_document(self, bot, person):
        content = bytes(range(256)) + b"\r\n--\r\n"
        sent = await bot.send_document(person.chat_id, content, "<b>Reçu</b>", parse_mode="HTML", filename="été.pdf")
        assert (sent.document.file_name, sent.document.file_size, sent.caption) == ("été.pdf", 262, "Reçu")
        received = await person.reads()
        assert (received.upload, received.text) == (("été.pdf", content), "Reçu")

    async def test_photo(self, bot, person):
        sent = await bot.send_photo(person.chat_id, b"\x89PNG", reply_markup=keyboard("Oui"))
        assert sent.photo[0].width
        received = await person.reads()
        assert (received.upload.content, received.buttons) == (b"\x89PNG", [["Oui"]])

    async def test_refusals(self, bot, person):
        with refused("wrong file identifier"):
            await bot.send_document(person.chat_id, "unknown")
        with refused("file must be non-empty"):
            await bot.send_document(person.chat_id, b"", filename="vide.txt")
        with refused("caption is too long"):
            await bot.send_document(person.chat_id, b"a", caption="a" * 1025)
        sent = await bot.send_document(person.chat_id, b"a")
        with refused("no text in the message to edit"):
            await sent.edit_text("?")


class TestSettings:
    async def test_commands_by_language(self, bot, server):
        await bot.set_my_commands([BotCommand("aide", "Aide")], language_code="fr")
        await bot.set_my_commands([("help", "Help")])
        assert server.commands["fr"] == [{"command": "aide", "description": "Aide"}]
        assert [command.command for command in await bot.get_my_commands()] == ["help"]
        await bot.delete_my_commands(language_code="fr")
        assert await bot.get_my_commands(language_code="fr") == ()

    @pytest.mark.parametrize("command", [("Aide", "x"), ("a-b", "x"), ("a" * 33, "x"), ("a", ""), ("a", "x" * 257)])
    async def test_invalid_commands(self, bot, command):
        with refused("invalid"):
            await bot.set_my_commands([command])

    async def test_invalid_language(self, bot):
        with refused("invalid language code"):
            await bot.set_my_commands([("a", "b")], language_code="french")

    async def test_descriptions(self, bot, server):
        await bot.set_my_description("Lang", language_code="de")
        await bot.set_my_short_description("Kurz")
        assert server.descriptions == {"description": {"de": "Lang"}, "short_description": {"": "Kurz"}}
        with refused("too long"):
            await bot.set_my_short_description("a" * 121)

    async def test_chat_actions(self, bot, person, server):
        assert await bot.send_chat_action(person.chat_id, "typing")
        assert server.calls[-1] == ("sendChatAction", {"chat_id": person.chat_id, "action": "typing"})
        with refused("wrong parameter action"):
            await bot.send_chat_action(person.chat_id, "sleeping")


class TestFaults:
    async def test_flood_control_then_normal(self, bot, person, server, monkeypatch):
        monkeypatch.setenv("PTB_TIMEDELTA", "true")
        server.fail_next("sendMessage", 429, "Too Many Requests: retry after 3", retry_after=3, times=2)
        for _ in range(2):
            with pytest.raises(RetryAfter, match="Retry in 0:00:03"):
                await bot.send_message(person.chat_id, "?")
        assert await bot.send_message(person.chat_id, "?")
        assert len(person.messages) == 1

    async def test_server_error(self, bot, person, server):
        server.fail_next("sendMessage", 502, "Bad Gateway")
        with pytest.raises(NetworkError, match="Bad Gateway"):
            await bot.send_message(person.chat_id, "?")

    async def test_dropped_connection(self, bot, person, server):
        server.drop_next(1, "sendMessage")
        with pytest.raises(NetworkError):
            await bot.send_message(person.chat_id, "?")
        server.drop_next()
        with pytest.raises(NetworkError):
            await bot.get_me()
        assert await bot.send_message(person.chat_id, "?")

    async def test_latency_delays_the_effect(self, bot, person, server):
        server.latency = 60
        sending = asyncio.create_task(bot.send_message(person.chat_id, "?"))
        assert await server.until(lambda: called(server, "sendMessage"))
        assert not await server.until(lambda: person.messages, timeout=0.05)
        sending.cancel()
        await asyncio.gather(sending, return_exceptions=True)

    async def test_polling_survives_faults(self, running, person, server):
        server.fail_next("sendMessage", 500, "Internal Server Error")
        await person.says("perdu")
        await server.until(lambda: called(server, "sendMessage"))
        await person.says("arrivé")
        assert (await person.reads()).text == "arrivé & fin"


class TestHttp:
    async def test_wrong_token(self, server):
        application = ApplicationBuilder().token("1:wrong").base_url(server.base_url).build()
        with pytest.raises(InvalidToken):
            await application.initialize()
        await application.bot.shutdown()
        async with httpx.AsyncClient() as client:
            answer = await client.get(f"{server.base_url}1:wrong/getMe")
        assert answer.status_code == 401
        assert answer.json() == {"ok": False, "error_code": 401, "description": "Unauthorized"}

    async def test_get_me(self, bot):
        assert (await bot.get_me()).is_bot

    @pytest.mark.parametrize("method", ["sendEverything", "send_message", ""])
    async def test_unknown_method(self, server, method):
        async with httpx.AsyncClient() as client:
            answer = await client.post(f"{server.base_url}{server.token}/{method}")
        assert (answer.status_code, answer.json()["ok"]) == (404, False)

    async def test_form_json_query_and_multipart_mean_the_same(self, server, person):
        url = f"{server.base_url}{server.token}/sendMessage"
        rows = {"inline_keyboard": [[{"text": "1", "callback_data": "2"}]]}
        params = {"chat_id": person.chat_id, "text": "3"}
        form = params | {"reply_markup": json.dumps(rows)}
        async with httpx.AsyncClient() as client:
            await client.post(url, data=form)
            await client.post(url, params=form)
            await client.post(url, json=params | {"reply_markup": rows})
            await client.post(url, data=form, files={"unused": b"4"})
        seen = [{name: params[name] for name in form} for _, params in server.calls]
        assert seen == [params | {"reply_markup": rows}] * 4
        assert [message.buttons for message in person.messages] == [[["1"]]] * 4

    async def test_connections_are_kept_alive(self, server):
        host, port = server.base_url.removeprefix("http://").removesuffix("/bot").split(":")
        reader, writer = await asyncio.open_connection(host, int(port))
        for _ in range(2):
            writer.write(f"GET /bot{server.token}/getMe HTTP/1.1\r\nHost: x\r\n\r\n".encode())
            head = await reader.readuntil(b"\r\n\r\n")
            body = await reader.readexactly(int(head.lower().split(b"content-length: ")[1].split()[0]))
            assert json.loads(body)["ok"]
        writer.close()


class Receiver:
    """A webhook that refuses the first delivery with 500 and accepts the others."""

    def __init__(self):
        self.deliveries = asyncio.Queue()
        self.statuses = [500]

    async def __call__(self, reader, writer):
        head = (await reader.readuntil(b"\r\n\r\n")).decode().lower()
        headers = dict(line.split(": ", 1) for line in head.strip().split("\r\n")[1:])
        body = json.loads(await reader.readexactly(int(headers["content-length"])))
        status = self.statuses.pop() if self.statuses else 200
        writer.write(f"HTTP/1.1 {status} -\r\nContent-Length: 0\r\n\r\n".encode())
        writer.close()
        await self.deliveries.put((headers, body))


class TestWebhook:
    @pytest.fixture
    async def receiver(self):
        receiver = Receiver()
        async with await asyncio.start_server(receiver, "127.0.0.1", 0) as listening:
            receiver.url = f"http://127.0.0.1:{listening.sockets[0].getsockname()[1]}/hook?a=1"
            yield receiver

    async def test_updates_are_posted_until_accepted(self, bot, person, server, receiver):
        server.webhook_retry = 0
        await bot.set_webhook(receiver.url, secret_token="Secret_1-x")
        await person.says("bonjour")
        for _ in range(2):
            headers, update = await asyncio.wait_for(receiver.deliveries.get(), 5)
            assert update["message"]["text"] == "bonjour"
            assert headers["x-telegram-bot-api-secret-token"] == "secret_1-x"
            assert headers["content-type"] == "application/json"
        await server.until(lambda: not server.updates)
        info = await bot.get_webhook_info()
        assert (info.url, info.pending_update_count) == (receiver.url, 0)
        assert "500" in info.last_error_message

    async def test_polling_conflicts_until_the_webhook_is_deleted(self, bot, person, receiver):
        await bot.set_webhook(receiver.url)
        with pytest.raises(Conflict, match="webhook is active"):
            await bot.get_updates()
        await bot.delete_webhook()
        await person.says("bonjour")
        assert len(await bot.get_updates()) == 1
        assert (await bot.get_webhook_info()).url == ""

    async def test_pending_updates_can_be_dropped(self, bot, person, server):
        await person.says("vieux")
        await bot.delete_webhook(drop_pending_updates=True)
        assert server.updates == []

    async def test_invalid_settings(self, bot, receiver):
        with refused("unallowed characters"):
            await bot.set_webhook(receiver.url, secret_token="a b")
        with refused("HTTPS"):
            await bot.set_webhook("ftp://x")
