using System.Globalization;
using Noroshi.Hub.Identity;
using Noroshi.Hub.Judgement;
using Noroshi.Hub.Storage;
using Noroshi.Server.Access;
using Noroshi.Server.Hosting.Options;
using Noroshi.Server.Intake;
using Noroshi.Server.Pipeline;
using Noroshi.Server.Registers;

namespace Noroshi.Server.Hosting;

/// <summary>
/// <c>GET /api/v1/events</c>: what is new, as server-sent events (HTML, 9.2). Ids only; a member sees those of his own provisions. The id of an event is a
/// sealed position of the log, so that <c>Last-Event-ID</c> goes on without a gap, also after a restart.
/// </summary>
internal sealed class EventStream(IHubStore store, ProvisionIndex index, SealedCursor cursors, Scope scope, HubOptions options)
{
    private const int AtOnce = 200;
    private static readonly TimeSpan Beat = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    /// <summary>After this the client comes again, and is looked at again: a key may have been revoked.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(15);

    private static readonly string[] Kinds =
    [
        DocumentKinds.Provision,
        DocumentKinds.Mail,
        DocumentKinds.Finding,
        DocumentKinds.Warning,
        DocumentKinds.Release,
        DocumentKinds.Withdrawal,
        "verdict",
        "case",
    ];

    private int _open;

    /// <summary>Answers.</summary>
    public async Task AnswerAsync(HttpContext context)
    {
        if (Interlocked.Increment(ref _open) > options.Limits.EventStreams)
        {
            Interlocked.Decrement(ref _open);
            throw new ProblemException(ProblemKind.Busy, 10);
        }

        try
        {
            var lifetime = context.RequestServices.GetRequiredService<IHostApplicationLifetime>();
            using var ends = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, lifetime.ApplicationStopping);
            ends.CancelAfter(Longest);
            await StreamAsync(context, ends.Token);
        }
        catch (OperationCanceledException)
        {
            // Its time is over, the client went away, or the hub stops: the client comes again.
        }
        finally
        {
            Interlocked.Decrement(ref _open);
        }
    }

    private async Task StreamAsync(HttpContext context, CancellationToken cancellation)
    {
        var position = await BeginAsync(context, cancellation);
        context.Response.ContentType = "text/event-stream";
        context.Response.Headers.CacheControl = "no-store";
        await context.Response.WriteAsync(": noroshi\n\n", cancellation);
        await context.Response.Body.FlushAsync(cancellation);
        while (true)
        {
            var last = await WaitAsync(position, cancellation);
            if (last <= position)
            {
                await context.Response.WriteAsync(": \n\n", cancellation);
            }
            else
            {
                var (entries, through) = await ReadAsync(position, last, cancellation);
                foreach (var entry in entries)
                {
                    await WriteAsync(context, entry, cancellation);
                }

                position = through;
            }

            await context.Response.Body.FlushAsync(cancellation);
            await Task.Delay(Pause, cancellation);
        }
    }

    private async Task<long> BeginAsync(HttpContext context, CancellationToken cancellation)
    {
        var said = context.Request.Headers["Last-Event-ID"].ToString();
        if (said.Length > 0)
        {
            return await cursors.OpenAsync(said, cancellation)
                ?? throw new ProblemException(
                    ProblemKind.BadRequest,
                    "Last-Event-ID が正しくありません。",
                    "This Last-Event-ID was not handed out by this hub."
                );
        }

        // From now on.
        return await store.Steps.WaitAsync(-1, cancellation);
    }

    /// <summary>The last position; the old one when nothing came for a while.</summary>
    private async Task<long> WaitAsync(long position, CancellationToken cancellation)
    {
        using var beat = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        beat.CancelAfter(Beat);
        try
        {
            return await store.Steps.WaitAsync(position, beat.Token);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return position;
        }
    }

    /// <summary>Entries of all kinds in the order of the log, as far as every kind was read.</summary>
    private async Task<(IReadOnlyList<LogEntry> Entries, long Through)> ReadAsync(long after, long last, CancellationToken cancellation)
    {
        var through = last;
        var all = new List<LogEntry>();
        foreach (var kind in Kinds)
        {
            var some = await store.Steps.ReadKindAsync(kind, after, AtOnce, cancellation);
            if (
                some.Count > 0
                && some[^1].Position < last
                && (await store.Steps.ReadKindAsync(kind, some[^1].Position, 1, cancellation)).Count > 0
            )
            {
                through = Math.Min(through, some[^1].Position);
            }

            all.AddRange(some);
        }

        return ([.. all.Where(one => one.Position <= through).OrderBy(one => one.Position)], through);
    }

    private async Task WriteAsync(HttpContext context, LogEntry entry, CancellationToken cancellation)
    {
        var actor = context.Actor();
        var ofHub = scope.ExtentOf<Registered<CaseFile>>(actor, Verb.Read) == Extent.All;
        if (entry.Provision is { } provision)
        {
            var known = await index.FindAsync(provision.ToString(), cancellation);
            if (known is null || !scope.May(actor, Verb.Read, known))
            {
                return;
            }
        }
        else if (!ofHub)
        {
            return;
        }

        var id = await cursors.SealAsync(entry.Position, cancellation);
        var about = entry.Provision is { } one ? $"\"{one.Value}\"" : "null";
        var subject = ofHub ? System.Text.Json.JsonEncodedText.Encode(entry.Subject).ToString() : "";
        await context.Response.WriteAsync(
            string.Create(
                CultureInfo.InvariantCulture,
                $"id: {id}\nevent: {entry.Kind}\ndata: {{\"kind\":\"{entry.Kind}\",\"provision\":{about},\"subject\":\"{subject}\"}}\n\n"
            ),
            cancellation
        );
    }
}
