using System.Globalization;
using Noroshi.Hub.Identity;
using Noroshi.Hub.Intake;
using Noroshi.Hub.Storage;
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
        Refuse(
            string.IsNullOrWhiteSpace(order.Reference) || order.Reference.Length > 200,
            "The desk's own number (reference) has 1 to 200 characters."
        );
        Refuse(
            mails.Count > MostMails || told.Count > MostMails,
            $"One report holds at most {MostMails} mails and {MostMails} statements."
        );
        Refuse(order.Note?.Length > LongestText, $"A note has at most {LongestText} characters.");
        Refuse(
            mails.Count == 0 && told.Count == 0 && string.IsNullOrWhiteSpace(order.Note),
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

    private static void Refuse(bool when, string why)
    {
        if (when)
        {
            throw new WorkRefusedException(why);
        }
    }
}
