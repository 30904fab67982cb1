using System.Globalization;
using Noroshi.Hub.Identity;
using Noroshi.Hub.Intake;
using Noroshi.Hub.Storage;
using Noroshi.Server.Hosting;
using Noroshi.Server.Intake;

namespace Noroshi.Server.Judgement;

/// <summary>
/// The public help desk (相談窓口): takes reports of people outside the community. They feed the analysis, not the members' count; what may be
/// done with them is asked when they are taken down.
/// </summary>
internal sealed class HelpDesk(ProvisionIntake intake)
{
    private const int LongestText = 10_000;
    private const int MostMails = 100;

    /// <summary>Takes a report down.</summary>
    public async Task<DeskReceipt> TakeAsync(Actor by, DeskOrder order, CancellationToken cancellation)
    {
        var mails = order.Mails ?? [];
        var told = order.StatedEvents ?? [];
        ProblemException.ThrowIf(
            string.IsNullOrWhiteSpace(order.Reference) || order.Reference.Length > 200,
            "相談窓口の番号(reference)は1文字から200文字までです。",
            "The desk's own number (reference) has 1 to 200 characters."
        );
        ProblemException.ThrowIf(
            mails.Count > MostMails || told.Count > MostMails,
            $"1件の相談に入るのはメール{MostMails}通、申告{MostMails}件までです。",
            $"One report holds at most {MostMails} mails and {MostMails} statements."
        );
        ProblemException.ThrowIf(
            order.Note?.Length > LongestText,
            $"メモは{LongestText}文字までです。",
            $"A note has at most {LongestText} characters."
        );
        ProblemException.ThrowIf(
            mails.Count == 0 && told.Count == 0 && string.IsNullOrWhiteSpace(order.Note),
            "相談にはメール、申告、メモのいずれかが必要です。何も記録していません。",
            "A report holds a mail, a statement or a note; nothing was taken down."
        );
        var header = new ProvisionHeader
        {
            Way = GivingWay.Desk,
            Kind = order.Kind,
            Intake = "desk",
            GivenBy = by.Id,
            ReceivedAt = default,
            Items = [.. mails.Select((_, i) => new ProvisionItem(string.Create(CultureInfo.InvariantCulture, $"{i + 1}.eml")))],
            Stated =
                told.Count == 0
                    ? []
                    :
                    [
                        new ManifestLine
                        {
                            Organization = $"desk:{order.Reference}",
                            Intake = "desk",
                            StatedEvents = told,
                        },
                    ],
            Note = order.Note,
            Reference = order.Reference,
            Consent = order.Consent,
        };
        var receipt = await intake.ReceiveAsync(
            new Giving(by, header, [.. mails.Select(mail => new ReadOnlyMemory<byte>(mail))])
            {
                Attempt = order.Reference,
                Lane = Lane.Live,
            },
            cancellation
        );
        return new DeskReceipt(ReceiptCode.Of(receipt.Id), receipt.Id.ToString(), receipt.Repeated);
    }
}
