using MailGrains.Imap;
using MailGrains.Imap.Commands;
using MailGrains.Model;
using Xunit;

namespace MailGrains.Protocol.Tests.Imap;

/// <summary>Commands but FETCH, SEARCH, STORE and LIST.</summary>
public sealed class CommandTests
{
    [Theory]
    [InlineData("CAPABILITY", CommandVerb.Capability)]
    [InlineData("noop", CommandVerb.Noop)]
    [InlineData("Logout", CommandVerb.Logout)]
    [InlineData("STARTTLS", CommandVerb.StartTls)]
    [InlineData("NAMESPACE", CommandVerb.Namespace)]
    [InlineData("IDLE", CommandVerb.Idle)]
    [InlineData("CHECK", CommandVerb.Check)]
    [InlineData("CLOSE", CommandVerb.Close)]
    [InlineData("UNSELECT", CommandVerb.Unselect)]
    [InlineData("EXPUNGE", CommandVerb.Expunge)]
    [InlineData("XYZZY 1 2 (3", CommandVerb.Unknown)]
    [InlineData("UID XYZZY", CommandVerb.Unknown)]
    [InlineData("UID NOOP", CommandVerb.Unknown)]
    [InlineData("AVERYLONGCOMMANDNAMETHATNOBODYKNOWS", CommandVerb.Unknown)]
    public void Commands_without_arguments(string line, CommandVerb verb) =>
        Assert.Equal(verb, Parsing.Result($"a {line}\r\n").Command?.Verb);

    [Fact]
    public void Login_takes_every_form_of_string()
    {
        var plain = Parsing.Command<LoginCommand>("LOGIN alice p]w");
        Assert.Equal(("alice", "p]w"), (plain.UserName, plain.Password));
        var quoted = Parsing.Command<LoginCommand>("LOGIN \"al ice\" \"p\\\"\\\\w\"");
        Assert.Equal(("al ice", "p\"\\w"), (quoted.UserName, quoted.Password));
        var literal = Parsing.Command<LoginCommand>("LOGIN {5}\r\nal\r\ni {2+}\r\n\u00c3\u00a4");
        Assert.Equal(("al\r\ni", "ä"), (literal.UserName, literal.Password));
        Assert.Equal("", Parsing.Command<LoginCommand>("LOGIN alice \"\"").Password);
    }

    [Fact]
    public void Passwords_are_not_printed()
    {
        Assert.DoesNotContain("secret", Parsing.Command<LoginCommand>("LOGIN alice secret").ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("c2VjcmV0", Parsing.Command<AuthenticateCommand>("AUTHENTICATE PLAIN c2VjcmV0").ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Authenticate_with_and_without_initial_response()
    {
        Assert.Null(Parsing.Command<AuthenticateCommand>("AUTHENTICATE plain").InitialResponse);
        Assert.Empty(Parsing.Command<AuthenticateCommand>("AUTHENTICATE EXTERNAL =").InitialResponse!);
        var command = Parsing.Command<AuthenticateCommand>("AUTHENTICATE scram-sha-256 AGEAYg==");
        Assert.Equal("SCRAM-SHA-256", command.Mechanism);
        Assert.Equal("\0a\0b"u8.ToArray(), command.InitialResponse);
    }

    [Fact]
    public void Sasl_responses_are_base64_or_cancel()
    {
        Assert.True(SaslResponse.IsCancel(Feed.Scattered(Feed.Octets("*\r\n"))));
        Assert.False(SaslResponse.IsCancel(Feed.Sequence(Feed.Octets("Kg==\r\n"))));
        Assert.True(SaslResponse.TryDecode(Feed.Scattered(Feed.Octets("AGEAYg==\r\n")), out var response));
        Assert.Equal("\0a\0b"u8.ToArray(), response);
        Assert.True(SaslResponse.TryDecode(Feed.Sequence(Feed.Octets("\r\n")), out response));
        Assert.Empty(response);
        Assert.False(SaslResponse.TryDecode(Feed.Sequence(Feed.Octets("AGE AYg==\r\n")), out _));
    }

    [Theory]
    [InlineData("DONE\r\n", true)]
    [InlineData("done\r\n", true)]
    [InlineData("DONE", false)]
    [InlineData("a NOOP\r\n", false)]
    [InlineData("DONE \r\n", false)]
    public void Idle_ends_with_done(string line, bool done) => Assert.Equal(done, IdleCommand.IsDone(Feed.Scattered(Feed.Octets(line))));

    [Fact]
    public void Enable_lists_capabilities_in_upper_case() =>
        Assert.Equal(["CONDSTORE", "UTF8=ACCEPT", "X-FOO"], Parsing.Command<EnableCommand>("ENABLE condstore UTF8=ACCEPT X-foo").Capabilities);

    [Fact]
    public void Id_pairs()
    {
        Assert.Empty(Parsing.Command<IdCommand>("ID NIL").Parameters);
        Assert.Empty(Parsing.Command<IdCommand>("ID ()").Parameters);
        var command = Parsing.Command<IdCommand>("ID (\"name\" \"mutt\" \"os\" NIL)");
        Assert.Equal([new("name", "mutt"), new("os", null)], command.Parameters);
        Parsing.IsBad("ID (" + string.Join(' ', Enumerable.Repeat("\"a\" NIL", 31)) + ")");
        Parsing.IsBad($"ID (\"a\" \"{new string('x', 1025)}\")");
    }

    [Fact]
    public void Select_with_condstore_and_qresync()
    {
        var command = Parsing.Command<SelectCommand>("SELECT inBox (CONDSTORE)");
        Assert.Equal((MailboxName.Inbox, true, null), (command.Mailbox, command.CondStore, command.Qresync));

        var qresync = Parsing.Command<SelectCommand>("EXAMINE x (QRESYNC (67890007 20050715194045000 41,43:211,214:541 (1:2,4 41,43:44)))").Qresync;
        Assert.Equal((67890007u, 20050715194045000L), (qresync!.UidValidity, qresync.ModSeq));
        Assert.Equal("41,43:211,214:541", qresync.KnownUids!.ToString());
        Assert.Equal("1:2,4", qresync.KnownSequences!.ToString());
        Assert.Equal("41,43:44", qresync.KnownSequenceUids!.ToString());

        Assert.Null(Parsing.Command<SelectCommand>("SELECT x (QRESYNC (1 9223372036854775807))").Qresync!.KnownUids);
        Assert.Equal(3, Parsing.Command<SelectCommand>("SELECT x (QRESYNC (1 1 (1:3 7:9)))").Qresync!.KnownSequences!.Count);
        Assert.Equal(uint.MaxValue, Parsing.Command<SelectCommand>("SELECT x (QRESYNC (1 1 1:4294967295))").Qresync!.KnownUids!.Count);
    }

    [Fact]
    public void Create_with_special_use()
    {
        Assert.Empty(Parsing.Command<CreateCommand>("CREATE a/b/").SpecialUse);
        Assert.Equal([@"\Sent", @"\Drafts"], Parsing.Command<CreateCommand>(@"CREATE x (USE (\Sent \Drafts))").SpecialUse);
        Assert.Empty(Parsing.Command<CreateCommand>("CREATE x (USE ())").SpecialUse);
    }

    [Fact]
    public void Mailbox_commands()
    {
        Assert.Equal("a b", Parsing.Command<DeleteCommand>("DELETE \"a b\"").Mailbox.Value);
        Assert.Equal("x", Parsing.Command<SubscribeCommand>("SUBSCRIBE {1+}\r\nx").Mailbox.Value);
        Assert.Equal("x", Parsing.Command<UnsubscribeCommand>("UNSUBSCRIBE x").Mailbox.Value);
        var rename = Parsing.Command<RenameCommand>("RENAME INBOX old");
        Assert.Equal((MailboxName.Inbox, new MailboxName("old")), (rename.From, rename.To));
    }

    [Fact]
    public void Mailbox_names_are_modified_utf7_until_utf8_is_agreed_on()
    {
        Assert.Equal("Entwürfe", Parsing.Command<DeleteCommand>("DELETE Entw&APw-rfe").Mailbox.Value);
        Assert.False(Parsing.Command<CreateCommand>("CREATE \"Entw\u00c3\u00bcrfe\"").Mailbox.IsValid);
        Assert.Equal("Entwürfe", Parsing.Command<DeleteCommand>("DELETE \"Entw\u00c3\u00bcrfe\"", utf8: true).Mailbox.Value);
        Assert.Equal("a&b", Parsing.Command<DeleteCommand>("DELETE a&b", utf8: true).Mailbox.Value);
        Assert.False(Parsing.Command<CreateCommand>("CREATE \"\u00c3\u0028\"", utf8: true).Mailbox.IsValid);
    }

    [Fact]
    public void Status_items()
    {
        var command = Parsing.Command<StatusCommand>(
            "STATUS x (MESSAGES RECENT UIDNEXT UIDVALIDITY UNSEEN DELETED SIZE HIGHESTMODSEQ APPENDLIMIT mailboxid)");
        Assert.Equal(Enum.GetValues<StatusItems>().Aggregate((a, b) => a | b), command.Items);
    }

    [Fact]
    public void Expunge_of_all_and_of_uids()
    {
        Assert.Null(Parsing.Command<ExpungeCommand>("EXPUNGE").Uids);
        Assert.Equal(new NumberSet([new(1, 3), new(7, NumberRange.Star)]), Parsing.Command<ExpungeCommand>("UID EXPUNGE 1:3,7:*").Uids);
    }

    [Fact]
    public void Copy_and_move()
    {
        var copy = Parsing.Command<CopyCommand>("COPY 2:4 x");
        Assert.Equal((new NumberSet([new(2, 4)]), "x", false), (copy.Set, copy.Mailbox.Value, copy.ByUid));
        var move = Parsing.Command<MoveCommand>("UID MOVE $ INBOX");
        Assert.True(move.ByUid && move.Set.IsSavedResult && move.Mailbox.IsInbox);
    }

    [Theory]
    [InlineData("4294967295", 4294967295u, 4294967295u)]
    [InlineData("*", 0u, 0u)]
    [InlineData("9:3", 9u, 3u)]
    [InlineData("*:4", 0u, 4u)]
    public void Sequence_sets_stay_as_written(string text, uint from, uint to) =>
        Assert.Equal(new NumberSet([new NumberRange(from, to)]), Parsing.Command<CopyCommand>($"COPY {text} x").Set);

    [Fact]
    public void Store_in_all_forms()
    {
        var plain = Parsing.Command<StoreCommand>(@"STORE 1 +FLAGS \Deleted Work");
        Assert.Equal((StoreMode.Add, false, null), (plain.Mode, plain.Silent, plain.UnchangedSince));
        Assert.Equal([@"\Deleted", "Work"], plain.Flags);
        var conditional = Parsing.Command<StoreCommand>(@"UID STORE 1:* (UNCHANGEDSINCE 0) -flags.silent ($Junk)");
        Assert.Equal((StoreMode.Remove, true, 0L, true), (conditional.Mode, conditional.Silent, conditional.UnchangedSince, conditional.ByUid));
        var clear = Parsing.Command<StoreCommand>("STORE 1 FLAGS ()");
        Assert.Equal((StoreMode.Replace, 0), (clear.Mode, clear.Flags.Length));
    }

    [Theory]
    [InlineData(SessionStates.NotAuthenticated, CommandVerb.Login, true)]
    [InlineData(SessionStates.NotAuthenticated, CommandVerb.StartTls, true)]
    [InlineData(SessionStates.NotAuthenticated, CommandVerb.Noop, true)]
    [InlineData(SessionStates.NotAuthenticated, CommandVerb.Append, false)]
    [InlineData(SessionStates.NotAuthenticated, CommandVerb.Select, false)]
    [InlineData(SessionStates.NotAuthenticated, CommandVerb.Fetch, false)]
    [InlineData(SessionStates.Authenticated, CommandVerb.Login, false)]
    [InlineData(SessionStates.Authenticated, CommandVerb.StartTls, false)]
    [InlineData(SessionStates.Authenticated, CommandVerb.Select, true)]
    [InlineData(SessionStates.Authenticated, CommandVerb.Fetch, false)]
    [InlineData(SessionStates.Selected, CommandVerb.Fetch, true)]
    [InlineData(SessionStates.Selected, CommandVerb.Append, true)]
    [InlineData(SessionStates.Logout, CommandVerb.Noop, false)]
    public void Commands_are_legal_in_their_states(SessionStates state, CommandVerb verb, bool legal) =>
        Assert.Equal(legal, CommandStates.Allows(state, verb));

    [Fact]
    public void Every_command_has_a_state() =>
        Assert.All(Enum.GetValues<CommandVerb>(), verb => Assert.True(CommandStates.Allows(SessionStates.Selected, verb) || CommandStates.Allows(SessionStates.NotAuthenticated, verb)));
}
