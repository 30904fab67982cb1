using System.Text.Json;
using Noroshi.Exchange.Notices;
using Noroshi.Hub.Journal;
using Noroshi.Hub.Storage;
using Noroshi.Server.Misp;
using Noroshi.Server.Notices;
using Noroshi.Server.Notices.Sending;
using Noroshi.Server.Notices.Steps;
using Noroshi.Server.Sharing;

namespace Noroshi.Server.Sharing.Delivery;

/// <summary>Calls webhooks, each at most for a day. A target that does not answer holds up nothing but itself.</summary>
internal sealed class WebhookStep(IHubStore store, IReleaseSource source, DeliveryOptions options, WebhookClient client, TimeProvider time)
{
    /// <summary>Area of the secrets of webhooks; name: the organisation.</summary>
    public const string SecretArea = "webhook";

    private static readonly TimeSpan GiveUpAfter = TimeSpan.FromHours(24);
    private readonly ILookup<string, WebhookTarget> _targets = options.Targets().ToLookup(one => one.Organization, StringComparer.Ordinal);

    /// <summary>The step.</summary>
    public static Step Step { get; } = new("share-hook", ShareQueue.HookKind);

    /// <summary>Calls the targets of one organisation, or says when to try again.</summary>
    public async Task<Handled> HandleAsync(StepEntry entry, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(entry);
        if (
            entry.Entry.Body is not { IsEmpty: false } body
            || JsonSerializer.Deserialize(body.Span, ShareJson.Default.ShareHook) is not { } hook
            || source.Find(hook.Item, hook.Version) is not { } release
            || !_targets.Contains(hook.Organization)
        )
        {
            return Handled.Nothing;
        }

        var now = time.GetUtcNow();
        var secret = await store.Keys.FindAsync(SecretArea, hook.Organization, cancellation);
        var why = "no-secret";
        if (secret is not null)
        {
            var content = WebhookBody.Of(release, hook.Channel);
            var (timestamp, signature) = WebhookBody.Sign(secret, now, content);
            var headers = new Dictionary<string, string>(StringComparer.Ordinal)
            {
                [WebhookBody.TimestampHeader] = timestamp,
                [WebhookBody.SignatureHeader] = signature,
                [WebhookBody.DeliveryHeader] = hook.Delivery,
            };
            var answers = new List<string?>();
            foreach (var target in _targets[hook.Organization])
            {
                answers.Add(await client.PostAsync(target.Url, content, headers, cancellation));
            }

            if (answers.TrueForAll(one => one is null))
            {
                return new Handled { Documents = [DocumentOf(entry, new Dispatch("sent", now))] };
            }

            why = answers.OfType<string>().First();
        }

        return now - hook.At < GiveUpAfter
            ? new Handled { Later = ShareRetries.After(entry.Attempts), Reason = why }
            : new Handled
            {
                GivenUp = true,
                Reason = why,
                Documents = [DocumentOf(entry, new Dispatch("failed", now, why))],
                Journal = [new JournalRecord("system", JournalActions.NoticeFailed, entry.Entry.Subject, why)],
            };
    }

    private static NewDocument DocumentOf(StepEntry entry, Dispatch dispatch) =>
        new(null, SendStep.DispatchKind, RetentionClass.Result, dispatch.ToJson(), $"hook.{entry.Entry.Subject}");
}
