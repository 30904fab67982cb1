using System.Collections.Concurrent;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using MimeKit;
using Noroshi.Hub.Identity;
using Noroshi.Hub.Intake;
using Noroshi.Hub.Judgement.Answers;
using Noroshi.Hub.Storage;
using Noroshi.MailAnatomy;
using Noroshi.MailAnatomy.Wire;
using Noroshi.Server.Identity;
using Noroshi.Server.Intake;
using Noroshi.Server.Notices;
using Noroshi.Server.Notices.Answering;
using Noroshi.Server.Notices.Sending;
using Noroshi.Server.Notices.Steps;
using Noroshi.Server.Pipeline;
using Noroshi.Server.Pipeline.Jail;
using Noroshi.Server.Registers;
using Noroshi.Server.Tests.Hosting;
using Noroshi.Server.Tests.Smtp;

namespace Noroshi.Server.Tests.Notices;

/// <summary>A relay that keeps what it gets, or answers as it is told.</summary>
internal sealed class KeptMails : IMailRelay
{
    private readonly ConcurrentQueue<(string To, byte[] Bytes)> _mails = new();

    public ConcurrentQueue<SendResult> Answers { get; } = new();

    public IReadOnlyList<(string To, byte[] Bytes)> All => [.. _mails];

    public async Task<SendResult> SendAsync(MimeMessage mail, string to, CancellationToken cancellation)
    {
        if (Answers.TryDequeue(out var told))
        {
            return told;
        }

        using var bytes = new MemoryStream();
        await mail.WriteToAsync(bytes, cancellation);
        _mails.Enqueue((to, bytes.ToArray()));
        return new SendResult(Sent.Accepted);
    }
}

/// <summary>Takes apart without a worker: what the tests hand in is their own.</summary>
internal sealed class InThisProcess : IMailWorkers
{
    public int Workers => 1;

    public Task<WorkerOutcome> DissectAsync(
        ReadOnlyMemory<byte> bytes,
        DissectionRequest request,
        string? group,
        CancellationToken cancellation
    )
    {
        var frames = new List<AnatomyFrame>();
        Dissector.Dissect(bytes, request, frames.Add);
        return Task.FromResult(new WorkerOutcome(frames, [], Unparseable: false));
    }
}

/// <summary>A hub with two members and a clock that stands still unless it is moved.</summary>
internal sealed class AnsweringHub : IAsyncDisposable
{
    private AnsweringHub(TestHub hub, ManualClock clock, KeptMails mails) => (Hub, Clock, Mails) = (hub, clock, mails);

    public TestHub Hub { get; }

    public ManualClock Clock { get; }

    public KeptMails Mails { get; }

    public static async Task<AnsweringHub> StartAsync(bool approved = false, NoticeOptions? options = null)
    {
        var (clock, mails) = (new ManualClock(), new KeptMails());
        var hub = await TestHub.StartAsync(more: services =>
        {
            services.AddSingleton<TimeProvider>(clock);
            services.AddSingleton<IMailRelay>(mails);
            // A worker that cannot start on a busy machine would be tried again by a clock that stands still.
            services.AddSingleton<IMailWorkers, InThisProcess>();
            services.AddSingleton(options ?? new NoticeOptions { From = "hub@noroshi.example", Relay = "relay.example" });
        });
        var organizations = hub.Get<Register<Organization>>();
        await hub.Get<HubRecords>()
            .ChangeAsync(
                [],
                organizations.Put("power-a", Member("power-a", approved: false)),
                organizations.Put("gas-b", Member("gas-b", approved))
            );
        return new AnsweringHub(hub, clock, mails);
    }

    public static string AddressOf(string organization) => $"toiawase@{organization}.example";

    public static Actor MemberOf(string organization) =>
        new()
        {
            Kind = ActorKind.User,
            Id = $"u-{organization}",
            Organization = organization,
            Roles = new HashSet<Role> { Role.MemberCsirt },
        };

    public async Task<Receipt> GiveAsync(string organization, params IReadOnlyList<byte[]> mails) =>
        await GiveAsync(Header(organization) with { Items = [.. mails.Select((_, at) => new ProvisionItem($"mail-{at + 1}.eml"))] }, mails);

    public Task<Receipt> GiveAsync(ProvisionHeader header, IReadOnlyList<byte[]> mails) =>
        Hub.Get<ProvisionIntake>()
            .ReceiveAsync(
                new Giving(MemberOf(header.Organization ?? "hub"), header, [.. mails.Select(one => (ReadOnlyMemory<byte>)one)])
                {
                    Attempt = Guid.NewGuid().ToString("N"),
                },
                CancellationToken.None
            );

    public static ProvisionHeader Header(string organization) =>
        new()
        {
            Way = GivingWay.Smtp,
            Intake = "member",
            Organization = organization,
            Window = "inquiry",
            GivenBy = "",
            ReceivedAt = default,
        };

    /// <summary>Moves the clock when everything in the outbox has been looked at: what waits, waits from before.</summary>
    public async Task AdvanceAsync(TimeSpan by)
    {
        var steps = Hub.Get<IHubStore>().Steps;
        foreach (var step in new[] { SendStep.Step, LateAnswerStep.Step })
        {
            while ((await steps.ProgressAsync(step, Lane.Live)).Remaining > 0)
            {
                await Task.Delay(20);
            }
        }

        // The store counts a delay from just after the commit that can be seen.
        await Task.Delay(250);

        Clock.Advance(by);
    }

    /// <summary>The answers so far, once there are so many.</summary>
    public async Task<IReadOnlyList<Answer>> AnswersAsync(ProvisionId provision, int atLeast = 1)
    {
        for (var tries = 0; tries < 600; tries++)
        {
            var (versions, _) = await Hub.Get<AnswerRecords>().OfAsync(provision, CancellationToken.None);
            if (versions.Count >= atLeast)
            {
                return versions;
            }

            await Task.Delay(50);
        }

        throw new TimeoutException($"no answer {atLeast}");
    }

    /// <summary>The mails sent to somebody, once there are so many.</summary>
    public async Task<IReadOnlyList<byte[]>> SentAsync(string to, int atLeast)
    {
        for (var tries = 0; tries < 600; tries++)
        {
            var mails = Mails.All.Where(one => one.To == to).Select(one => one.Bytes).ToList();
            if (mails.Count >= atLeast)
            {
                return mails;
            }

            if (tries % 60 == 59)
            {
                // A mail that was put off while the clock moved; when it is sent changes nothing in it.
                Clock.Advance(AnswerRecords.Beat);
            }

            await Task.Delay(50);
        }

        throw new TimeoutException($"no {atLeast} mails to {to}");
    }

    /// <summary>An ordinary mail from outside.</summary>
    public static byte[] Mail(string to, Letter letter)
    {
        var mail = new MimeMessage
        {
            Subject = letter.Subject,
            MessageId = letter.Id,
            Date = letter.At,
        };
        mail.From.Add(new MailboxAddress(letter.Name, letter.From));
        mail.To.Add(new MailboxAddress("", to));
        mail.Headers.Add(
            "Received",
            $"from sender.example ([203.0.113.9]) by mx.{to[(to.IndexOf('@', StringComparison.Ordinal) + 1)..]} with ESMTP; {letter.At.ToString("r", System.Globalization.CultureInfo.InvariantCulture)}"
        );
        var text = new TextPart("plain") { Text = letter.Text };
        mail.Body = letter.File is { } file
            ? new Multipart("mixed")
            {
                text,
                new MimePart("application", "octet-stream")
                {
                    Content = new MimeContent(new MemoryStream(file.Bytes)),
                    ContentDisposition = new ContentDisposition(ContentDisposition.Attachment) { FileName = file.Name },
                    ContentTransferEncoding = ContentEncoding.Base64,
                },
            }
            : text;
        if (mail.Body is Multipart parts)
        {
            parts.Boundary = "=_part";
        }

        using var bytes = new MemoryStream();
        mail.WriteTo(bytes);
        return bytes.ToArray();
    }

    public ValueTask DisposeAsync() => Hub.DisposeAsync();

    private static Organization Member(string id, bool approved) =>
        new()
        {
            Id = id,
            Domains = [$"{id}.example"],
            MailHosts = [$"mx.{id}.example"],
            StandingApproval = approved ? ["early-warning"] : [],
            Windows = [new ContactWindow("inquiry", AddressOf(id))],
        };
}

/// <summary>What stands in a mail.</summary>
internal sealed record Letter
{
    public string From { get; init; } = "tanaka@free-mail.example";

    public string Name { get; init; } = "田中";

    public string Subject { get; init; } = "製品についてのお問い合わせ";

    public string Text { get; init; } = "はじめてご連絡いたします。製品の仕様について伺いたく、どちらへお尋ねすればよいでしょうか。";

    public string Id { get; init; } = "first@free-mail.example";

    public DateTimeOffset At { get; init; } = new(2013, 10, 16, 23, 50, 0, TimeSpan.Zero);

    public (string Name, byte[] Bytes)? File { get; init; }
}

/// <summary>Bytes of a mail as a reader sees them.</summary>
internal static class Reading
{
    public static MimeMessage Message(byte[] mail) => MimeMessage.Load(new MemoryStream(mail));

    public static string Text(byte[] mail) => Message(mail).TextBody ?? "";

    public static string Raw(byte[] mail) => Encoding.UTF8.GetString(mail);
}
