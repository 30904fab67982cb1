using System.Globalization;

namespace Noroshi.Makers.Attackers;

/// <summary>All authored attackers.</summary>
public static class AuthoredAttackers
{
    private static readonly string[] Payloads = ["exe", "exe", "lnk", "docx", "rtf"];
    private static readonly string[] Containers = ["zip-aes", "rar4", "7z", "zip", "rar5"];

    /// <summary>Both halves.</summary>
    public static IReadOnlyList<Attacker> All { get; } = [.. TunedAttackers.All, .. ReportedAttackers.All];

    /// <summary>
    /// An attacker with a large part of all mails: stretches of fifty organisations, from one to the next something changes in turn
    /// (story, container, host, personas and program of the mail, workshop), never all.
    /// </summary>
    /// <param name="mails">About so many mails.</param>
    public static Attacker Busy(int mails)
    {
        Lure[] lures = [Lures.Defect, Lures.Quotation, Lures.Laboratory, Lures.Invoice, Lures.Applicant, Lures.Leak];
        MailStyle[] styles = [MailStyle.WebmailOpen, MailStyle.WebmailClosed, MailStyle.Fox, MailStyle.WebmailOpen];
        var phases = new List<AttackPhase>();
        for (var i = 0; i * 50 < mails; i++)
        {
            string Turn(string of, int every, int at) => string.Create(CultureInfo.InvariantCulture, $"{of}{(i + at) / every}");
            var (story, container, style) = (lures[i / 2 % lures.Length], Containers[(i + 1) / 3 % 5], styles[(i + 2) / 4 % 4]);
            phases.Add(
                new AttackPhase
                {
                    From = new DateOnly(2013, 1, 7).AddDays(i * 18),
                    DaysApart = 0,
                    Personas =
                    [
                        .. Enumerable
                            .Range(0, 5)
                            .Select(n => new Persona(
                                Turn("木村", 2, n),
                                $"{Turn("kimura", 2, n)}.{n}@webmail.example",
                                Turn("木村商会", 4, 0)
                            )),
                    ],
                    Lure = story,
                    Style = style,
                    Client = Turn("2001:db8:b00::", 5, 3),
                    Payload = Payloads[(i + 2) / 3 % Payloads.Length],
                    Container = container,
                    Workshop = new(Turn("busy", 6, 1), "kmr", @"D:\busy", 900 + ((i + 1) / 6)),
                    Host = Turn("www", 4, 2) + ".busy-update.example",
                    Targets = string.Join(
                        ' ',
                        Enumerable
                            .Range(0, 33)
                            .Select(n =>
                                string.Create(CultureInfo.InvariantCulture, $"{((i * 33) + n) % 90:D2}:{(n % 2 == 0 ? "RA" : "A")}")
                            )
                    ),
                }
            );
        }

        return new Attacker("busy", EvaluationHalf.Reported, "busy#2013", phases);
    }
}
