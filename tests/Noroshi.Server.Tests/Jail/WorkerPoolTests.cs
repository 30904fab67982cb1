using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using Noroshi.MailAnatomy;
using Noroshi.MailAnatomy.Wire;
using Noroshi.Server.Pipeline.Jail;
using Shouldly;
using Xunit;

namespace Noroshi.Server.Tests.Jail;

public sealed class WorkerPoolTests : IDisposable
{
    private static readonly byte[] Mail = Encoding.ASCII.GetBytes("Subject: a\r\n\r\nb\r\n");
    private readonly FakeWorker _fake = new();

    public void Dispose() => _fake.Dispose();

    [Theory]
    [InlineData("jit", false)]
    [InlineData("jit", true)]
    [InlineData("r2r", false)]
    [InlineData("r2r", true)]
    [InlineData("aot", false)]
    [InlineData("aot", true)]
    public async Task Mails_are_taken_apart_in_the_jail(string build, bool recycle)
    {
        await using var pool = Pool(Builds.Command(build));
        var mails = Enumerable.Range(0, 12).Select(i => Encoding.ASCII.GetBytes($"Subject: {i}\r\n\r\nb\r\n")).ToList();
        var outcomes = await Task.WhenAll(
            mails.Select(mail => pool.DissectAsync(mail, Request with { Kind = InputKind.Mail }, recycle ? "power-a" : null, Token))
        );
        for (var i = 0; i < mails.Count; i++)
        {
            outcomes[i].Findings.ShouldBeEmpty();
            outcomes[i]
                .Frames.ShouldHaveSingleItem()
                .Mail.ShouldNotBeNull()
                .Sha256.ShouldBe(Convert.ToHexStringLower(SHA256.HashData(mails[i])));
        }
    }

    [Fact]
    public async Task The_report_gives_the_grade_and_why()
    {
        await using var pool = Pool(Builds.Command("jit"));
        var report = await pool.ReportAsync();
        report.Build.ShouldBe("jit");
        (report.Grade == JailGrade.A).ShouldBe(report.Missing.Count == 0);
        report.Mechanisms.Any(name => name == "rlimits").ShouldBeTrue();
    }

    [Fact]
    public async Task A_worker_that_dies_is_a_finding_and_a_retry()
    {
        await using var pool = Pool(_fake.Command("say 0; listen; exit 3", FakeWorker.Hello));
        var outcome = await pool.DissectAsync(Mail, Request, null, Token);
        Codes(outcome).ShouldBe(["worker.died", "worker.retried", "worker.died", "worker.unparseable"]);
        outcome.Findings[0].Detail.ShouldBe("exit code 3");
        outcome.Unparseable.ShouldBeTrue();
    }

    [Fact]
    public async Task Many_slow_members_together_have_a_deadline_too()
    {
        var say = string.Concat(Enumerable.Range(1, 12).Select(i => $"say {i}; sleep 0.3; "));
        byte[][] frames = [FakeWorker.Hello, .. Enumerable.Range(1, 12).Select(i => FakeWorker.Facts($"m{i}", 3)), FakeWorker.End];
        await using var pool = new WorkerPool(
            _fake.Command($"say 0; listen; {say}say 13; sleep 30", frames),
            Limits with
            {
                RequestDeadline = TimeSpan.FromSeconds(1),
                MemberAllowance = TimeSpan.FromMilliseconds(1),
            },
            TimeProvider.System
        );
        var outcome = await pool.DissectAsync(Mail, Request, null, Token);
        Codes(outcome).Any(code => code == "worker.killed-deadline").ShouldBeTrue();
        outcome.Frames.Count.ShouldBeInRange(1, 11);
    }

    [Fact]
    public async Task A_failure_in_a_used_worker_is_decided_by_a_fresh_one()
    {
        await using var pool = new WorkerPool(
            _fake.Command(
                $"say 0; listen {Length()}; say 1; listen; exit 3",
                FakeWorker.Hello,
                [.. FakeWorker.Facts("", 3), .. FakeWorker.End]
            ),
            Limits with
            {
                Workers = 1,
            },
            TimeProvider.System
        );
        (await pool.DissectAsync(Mail, Request, "power-a", Token)).Findings.ShouldBeEmpty();
        var second = await pool.DissectAsync(Mail, Request, "power-a", Token);
        second.Findings.ShouldBeEmpty();
        second.Frames.ShouldHaveSingleItem();
    }

    [Fact]
    public async Task A_frame_that_is_neither_mail_nor_file_breaks_the_protocol()
    {
        byte[] answer = [.. FakeWorker.Frame(FrameKind.Facts, FakeWorker.Json(new AnatomyFrame("", 3, null, null))), .. FakeWorker.End];
        await using var pool = Pool(_fake.Command("say 0; listen; say 1; sleep 9", FakeWorker.Hello, answer));
        var outcome = await pool.DissectAsync(Mail, Request, null, Token);
        Codes(outcome).ShouldContain(code => code == "worker.output-invalid");
        outcome.Unparseable.ShouldBeTrue();
    }

    [Fact]
    public async Task Answers_that_the_hub_keeps_are_bounded_whatever_the_size_of_the_input()
    {
        var limits = new WorkerLimits { KeptAnswerBytes = 4_000, Workers = 1 };
        byte[] answer = [.. FakeWorker.Facts("a", 3), .. FakeWorker.Facts("b", 3, new string('x', 4_000)), .. FakeWorker.End];
        await using var pool = new WorkerPool(
            _fake.Command("say 0; listen; say 1; sleep 9", FakeWorker.Hello, answer),
            limits,
            TimeProvider.System
        );
        var outcome = await pool.DissectAsync(Mail, Request, null, Token);
        Codes(outcome).ShouldContain(code => code == "worker.output-too-large");
        outcome.Frames.Select(frame => frame.Member).ShouldBe(["a"]);
    }

    [Fact]
    public async Task A_retry_that_passes_what_is_known_already_has_time_for_each_of_it()
    {
        await using var pool = Pool(
            _fake.Command(
                "say 0; listen; for i in 1 2 3 4; do say $i; sleep 0.4; done; say 5; sleep 9",
                FakeWorker.Hello,
                FakeWorker.Facts("a", 3),
                FakeWorker.Facts("b", 3),
                FakeWorker.Facts("c", 3),
                FakeWorker.Facts("d", 3),
                FakeWorker.Frame(FrameKind.Error, WireJson.Write(new WorkerFault("exception", "")))
            )
        );
        var outcome = await pool.DissectAsync(Mail, Request, null, Token);
        outcome.Frames.Select(frame => frame.Member).ShouldBe(["a", "b", "c", "d"]);
        Codes(outcome).ShouldBe(["worker.died", "worker.retried", "worker.died"]);
    }

    [Fact]
    public async Task A_descriptor_that_this_process_was_born_with_does_not_reach_a_worker()
    {
        using var file = File.OpenHandle("/dev/null");
        var number = (int)file.DangerousGetHandle();
        Native.Fcntl(number, Native.FSetFd, 0).ShouldBe(0);
        await using var pool = Pool(_fake.Command("say 0; sleep 9", FakeWorker.Hello));
        const int getFlags = 1;
        Native.Fcntl(number, getFlags, 0).ShouldBe(Native.FdCloexec);
    }

    [Fact]
    public async Task A_worker_killed_by_a_signal_says_which()
    {
        await using var pool = Pool(_fake.Command("say 0; listen; kill -SEGV $$", FakeWorker.Hello));
        var outcome = await pool.DissectAsync(Mail, Request, null, Token);
        outcome.Findings[0].ShouldBe(MailAnatomy.Findings.FindingCodes.Worker.Died.At("signal 11"));
    }

    [Fact]
    public async Task A_worker_that_hangs_is_killed_at_the_deadline_and_keeps_its_last_frame()
    {
        var answers = (byte[][])
            [
                [.. FakeWorker.Hello],
                FakeWorker.Facts("", 1, "early"),
            ];
        await using var pool = Pool(_fake.Command("say 0; listen; say 1; sleep 30; sleep 30", answers));
        var watch = Stopwatch.StartNew();
        var outcome = await pool.DissectAsync(Mail, Request, "power-a", Token);
        watch.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(10));
        Codes(outcome).ShouldBe(["worker.killed-deadline", "worker.retried", "worker.killed-deadline"]);
        outcome.Frames.ShouldHaveSingleItem().Mail.ShouldNotBeNull().Subject.ShouldBe("early");
        outcome.Unparseable.ShouldBeFalse();
    }

    [Fact]
    public async Task A_later_frame_replaces_the_earlier_one_of_its_member()
    {
        byte[] answer =
        [
            .. FakeWorker.Facts("a", 0, "first"),
            .. FakeWorker.Facts("b", 0, "other"),
            .. FakeWorker.Facts("a", 1, "second"),
            .. FakeWorker.End,
        ];
        await using var pool = Pool(_fake.Command("say 0; listen; say 1; sleep 9", FakeWorker.Hello, answer));
        var outcome = await pool.DissectAsync(Mail, Request, null, Token);
        outcome.Frames.Select(frame => (frame.Member, frame.Mail?.Subject)).ShouldBe([("a", "second"), ("b", "other")]);
        outcome.Findings.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("garbage")]
    [InlineData("unknown kind")]
    [InlineData("negative length")]
    [InlineData("no json")]
    [InlineData("unknown property")]
    [InlineData("missing property")]
    [InlineData("null in a list")]
    [InlineData("enum without name")]
    [InlineData("too deep")]
    [InlineData("second hello")]
    [InlineData("end with payload")]
    public async Task An_answer_against_the_protocol_is_discarded(string what)
    {
        var good = Encoding.UTF8.GetString(FakeWorker.FactsJson("m", 0));
        var answer = what switch
        {
            "garbage" => [.. Enumerable.Repeat((byte)'x', 64).Prepend((byte)0)],
            "unknown kind" => FakeWorker.Frame((FrameKind)9, []),
            "negative length" => FakeWorker.Frame(FrameKind.Facts, [], -5),
            "no json" => FakeWorker.Frame(FrameKind.Facts, "<facts/>"u8.ToArray()),
            "unknown property" => Json(good.Replace("\"Subject\":", "\"Extra\":1,\"Subject\":", StringComparison.Ordinal)),
            "missing property" => Json(good.Replace("\"Subject\":\"\",", "", StringComparison.Ordinal)),
            "null in a list" => Json(good.Replace("\"ReplyTo\":[]", "\"ReplyTo\":[null]", StringComparison.Ordinal)),
            "enum without name" => Json(good.Replace("\"Shape\":0", "\"Shape\":77", StringComparison.Ordinal)),
            "too deep" => FakeWorker.Frame(FrameKind.Facts, [.. Enumerable.Repeat((byte)'[', 100_000)]),
            "second hello" => FakeWorker.Hello,
            "end with payload" => FakeWorker.Frame(FrameKind.End, [1]),
            _ => throw new ArgumentOutOfRangeException(nameof(what)),
        };
        answer.ShouldNotBe(Json(good));
        await using var pool = Pool(_fake.Command("say 0; listen; say 1; sleep 9", FakeWorker.Hello, answer));
        var outcome = await pool.DissectAsync(Mail, Request, null, Token);
        var expected = what == "garbage" ? "worker.output-too-large" : "worker.output-invalid";
        Codes(outcome).ShouldBe([expected, "worker.retried", expected, "worker.unparseable"]);
    }

    [Fact]
    public async Task An_endless_answer_is_cut_off()
    {
        await using var pool = new WorkerPool(
            _fake.Command("say 0; listen; while say 1; do :; done", FakeWorker.Hello, FakeWorker.Facts("", 0)),
            Limits with
            {
                Frames = 50,
                // Fifty programs of the shell take their time on a busy machine.
                Deadline = TimeSpan.FromSeconds(30),
            },
            TimeProvider.System
        );
        var outcome = await pool.DissectAsync(Mail, Request, null, Token);
        Codes(outcome).Any(code => code == "worker.output-too-large").ShouldBeTrue();
        outcome.Frames.Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_frame_that_claims_more_than_the_limit_is_not_read()
    {
        var answer = FakeWorker.Frame(FrameKind.Facts, new byte[10], WireProtocol.MaxPayload + 1);
        await using var pool = Pool(_fake.Command("say 0; listen; say 1; sleep 9", FakeWorker.Hello, answer));
        var outcome = await pool.DissectAsync(Mail, Request, null, Token);
        Codes(outcome)[0].ShouldBe("worker.output-too-large");
    }

    [Fact]
    public async Task A_worker_without_hello_is_refused()
    {
        await using var pool = Pool(_fake.Command("exit 70"));
        var error = await Should.ThrowAsync<JailException>(() => pool.DissectAsync(Mail, Request, null, Token));
        error.Message.ShouldContain("NFKC");
    }

    [Fact]
    public async Task Cancelling_kills_the_worker()
    {
        await using var pool = new WorkerPool(
            _fake.Command("say 0; listen; sleep 60", FakeWorker.Hello),
            Limits with
            {
                Deadline = TimeSpan.FromMinutes(1),
            },
            TimeProvider.System
        );
        using var cancel = new CancellationTokenSource(300);
        await Should.ThrowAsync<OperationCanceledException>(() => pool.DissectAsync(Mail, Request, null, cancel.Token));
    }

    [Fact]
    public async Task Too_much_memory_ends_the_worker()
    {
        await using var pool = new WorkerPool(
            _fake.Command("say 0; listen; sleep 60", FakeWorker.Hello),
            Limits with
            {
                ResidentBytes = 1024,
                Deadline = TimeSpan.FromMinutes(1),
            },
            TimeProvider.System
        );
        WorkerOutcome? outcome = null;
        try
        {
            outcome = await pool.DissectAsync(Mail, Request, null, Token);
        }
        catch (JailException)
        {
            // The watchdog may strike even before the hello.
        }

        if (outcome is not null)
        {
            Codes(outcome).Any(code => code == "worker.memory").ShouldBeTrue();
        }
    }

    [Fact]
    public async Task The_worker_knows_nothing_of_the_environment_of_the_hub()
    {
        Environment.SetEnvironmentVariable("NOROSHI_TEST_SECRET", "secret");
        await using var pool = Pool(
            _fake.Command(
                "test -z \"$NOROSHI_TEST_SECRET\" -a -z \"$HOME\" && say 0; listen; say 1; sleep 9",
                FakeWorker.Hello,
                FakeWorker.End
            )
        );
        var outcome = await pool.DissectAsync(Mail, Request, null, Token);
        outcome.Findings.ShouldBeEmpty();
    }

    [Fact]
    public async Task Frames_are_handed_out_as_they_come_and_not_kept()
    {
        byte[] answer = [.. FakeWorker.Facts("a", 0), .. FakeWorker.Facts("a", 1), .. FakeWorker.Facts("b", 0), .. FakeWorker.End];
        await using var pool = Pool(_fake.Command("say 0; listen; say 1; sleep 9", FakeWorker.Hello, answer));
        var seen = new List<(string, int)>();
        var outcome = await pool.DissectAsync(Mail, Request, null, frame => seen.Add((frame.Member, frame.Stage)), Token);
        seen.ShouldBe([("a", 0), ("a", 1), ("b", 0)]);
        outcome.Frames.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(true, 2_000, 1, 2)]
    [InlineData(true, 3, 4, 6)]
    [InlineData(false, 2_000, 12, 14)]
    public async Task A_recycled_worker_serves_many_and_a_fresh_one_serves_one(bool recycle, int requestsPerWorker, int least, int most)
    {
        await using var pool = new WorkerPool(
            Loop(FakeWorker.Facts("", 0)),
            Limits with
            {
                Workers = 1,
                RequestsPerWorker = requestsPerWorker,
            },
            TimeProvider.System
        );
        for (var i = 0; i < 12; i++)
        {
            (await pool.DissectAsync(Mail, Request, recycle ? "power-a" : null, Token)).Findings.ShouldBeEmpty();
        }

        pool.Started.ShouldBeInRange(least, most);
    }

    [Fact]
    public async Task A_recycled_worker_that_met_damage_goes_as_soon_as_another_is_warm()
    {
        var damaged = JsonOf("", FakeWorker.DamagedMail);
        await using var pool = new WorkerPool(
            Loop(FakeWorker.Frame(FrameKind.Facts, damaged)),
            Limits with
            {
                Workers = 1,
                ReplacementShare = 1,
            },
            TimeProvider.System
        );
        for (var i = 0; i < 5; i++)
        {
            (await pool.DissectAsync(Mail, Request, "power-a", Token)).Findings.ShouldBeEmpty();
            await WaitFor(() => pool.Started >= i + 2);
        }

        pool.Started.ShouldBeGreaterThanOrEqualTo(5);
    }

    [Fact]
    public async Task No_worker_sees_mails_of_two_organisations()
    {
        // Each worker tells how many mails it has seen.
        var turns = string.Concat(Enumerable.Range(1, 5).Select(turn => $"; listen {Length()}; say {turn}"));
        byte[][] answers = [.. Enumerable.Range(1, 5).Select(turn => (byte[])[.. FakeWorker.Facts("", 0, $"{turn}"), .. FakeWorker.End])];
        var command = _fake.Command($"say 0{turns}", [FakeWorker.Hello, .. answers]);
        await using var pool = new WorkerPool(command, Limits with { Workers = 1 }, TimeProvider.System);
        var seen = new List<string?>();
        foreach (var organization in new[] { "power-a", "power-a", "gas-b", "gas-b", "power-a", null, "power-a" })
        {
            var outcome = await pool.DissectAsync(Mail, Request, organization, Token);
            outcome.Findings.ShouldBeEmpty();
            seen.Add(outcome.Frames.ShouldHaveSingleItem().Mail?.Subject);
        }

        seen.ShouldBe(["1", "2", "1", "2", "1", "1", "2"]);
    }

    private static async Task WaitFor(Func<bool> condition)
    {
        for (var i = 0; i < 500 && !condition(); i++)
        {
            await Task.Delay(10, Token);
        }
    }

    private static byte[] JsonOf(string member, MailFacts mail) => FakeWorker.Json(new AnatomyFrame(member, 0, mail, null));

    private static int Length() => WireProtocol.RequestPrefix + WireJson.Write(Request).Length + Mail.Length;

    private WorkerCommand Loop(byte[] facts)
    {
        return _fake.Command($"say 0; while true; do listen {Length()}; say 1; done", FakeWorker.Hello, [.. facts, .. FakeWorker.End]);
    }

    private static readonly WorkerLimits Limits = new()
    {
        Deadline = TimeSpan.FromSeconds(1),
        RetryDeadline = TimeSpan.FromSeconds(1),
        Workers = 2,
    };

    private static DissectionRequest Request { get; } = new() { Name = "m" };

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static WorkerPool Pool(WorkerCommand command) => new(command, Limits, TimeProvider.System);

    private static IReadOnlyList<string> Codes(WorkerOutcome outcome) => [.. outcome.Findings.Select(finding => finding.Code)];

    private static byte[] Json(string json) => FakeWorker.Frame(FrameKind.Facts, Encoding.UTF8.GetBytes(json));
}
