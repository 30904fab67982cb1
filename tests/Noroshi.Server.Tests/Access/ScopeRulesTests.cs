using System.Text.RegularExpressions;
using Noroshi.Server.Tests.Trust;
using Shouldly;
using Xunit;

namespace Noroshi.Server.Tests.Access;

/// <summary>
/// Who may see what is decided in the scope layer and nowhere else, and what is erased is erased by one way. Each place that is allowed something
/// here has its reason beside it; a new place fails until somebody has thought of one.
/// </summary>
public sealed partial class ScopeRulesTests
{
    [Fact]
    public void Only_the_scope_layer_compares_who_asks_with_whose_a_thing_is() =>
        Only(
            OwnRule(),
            "src/Noroshi.Server/Access/Gate.cs", // admission to routes
            "src/Noroshi.Server/Access/Rights.cs",
            "src/Noroshi.Server/Access/Scope.cs",
            "src/Noroshi.Server/Hosting/Health.cs", // how much of its own health the hub tells
            "src/Noroshi.Server/Identity/KeyRoutes.cs", // no key gives more than it has
            "src/Noroshi.Server/Identity/UserRoutes.cs", // nobody touches a higher role
            "src/Noroshi.Server/Intake/ProvisionRoutes.cs", // which list is read; the scope goes over it
            "src/Noroshi.Server/Intake/Quotas.cs", // whose quota
            "src/Noroshi.Server/Intake/RequestRules.cs", // in whose name something is given
            "src/Noroshi.Server/Judgement/InquiryWork.cs", // in whose name something is answered, behind the scope
            "src/Noroshi.Server/Misp/MispServerRoutes.cs", // what MISP is told of the one who asks
            "src/Noroshi.Server/Misp/ReleaseShelf.cs", // which streams are read: those of the audiences that one belongs to
            "src/Noroshi.Server/Portal/Figures/StatisticsScreen.cs", // the hub gets counts whole, members in the outward form
            "src/Noroshi.Server/Portal/Items/ItemsScreen.cs", // whether there is a form to answer with
            "src/Noroshi.Server/Portal/Mails/MailScreen.cs", // what is told beside a mail that the scope let through
            "src/Noroshi.Server/Portal/PortalPage.cs", // the words of the menu
            "src/Noroshi.Server/Portal/Provisions/ProvisionsScreen.cs", // which list is read; the scope goes over it
            "src/Noroshi.Server/Portal/SignIn/SignInScreen.cs", // the page on which somebody begins
            "src/Noroshi.Server/Reports/ReportDesk.cs", // the hub sees drafts, others what was published
            "src/Noroshi.Server/Search/SearchDesk.cs", // which part of the index is read; the scope goes over the hits
            "src/Noroshi.Server/Sharing/SightingWork.cs", // in whose name something is said, behind the scope
            "src/Noroshi.Server/Smtp/Reception/HubReception.cs", // in whose name a mail is given
            "src/Noroshi.Server/Statistics/StatisticsPart.cs", // the hub gets counts whole, members in the outward form
            "src/Noroshi.Server/Taxii/TaxiiInboxWork.cs", // in whose name something is handed in
            "src/Noroshi.Server/Taxii/TaxiiPages.cs", // a cursor is bound to who got it
            "src/Noroshi.Server/Taxii/TaxiiReader.cs", // which roots are read: those of the audiences that one belongs to
            "src/Noroshi.Server/Taxii/TaxiiRoutes.cs" // whose status
        );

    [Fact]
    public void What_answers_requests_reads_documents_only_of_what_the_scope_let_through() =>
        Only(
            LoadsInRoutes(),
            "src/Noroshi.Server/Hosting/EventStream.cs", // each entry passes the scope before it is written
            "src/Noroshi.Server/Intake/ItemDownload.cs", // behind ProvisionRoutes.ReachedAsync
            "src/Noroshi.Server/Portal/Provisions/ProvisionsScreen.cs" // keys of the mails of provisions that the scope let through
        );

    [Fact]
    public void Evidence_is_opened_in_the_named_places_only() =>
        Only(
            OpensEvidence(),
            "src/Noroshi.Server/Intake/ItemDownload.cs",
            "src/Noroshi.Server/Notices/Steps/AutomaticInput.cs",
            "src/Noroshi.Server/Pipeline/ItemDissection.cs",
            "src/Noroshi.Storage/Fsck/StoreCheck.cs"
        );

    [Fact]
    public void There_is_one_way_to_erase() => Only(Erases(), "src/Noroshi.Server/Registers/Erasures.cs");

    [Fact]
    public void Provisions_are_one_type_of_thing() => Only(TypeOfProvision(), "src/Noroshi.Server/Intake/IntakePart.cs");

    private static void Only(Regex pattern, params string[] allowed)
    {
        var left = allowed.ToHashSet(StringComparer.Ordinal);
        foreach (var (file, code) in Source.Product.Where(one => one.File.Contains("/Noroshi.S", StringComparison.Ordinal)))
        {
            if (pattern.Match(code) is { Success: true } match)
            {
                allowed.ShouldContain(file, StringComparer.Ordinal, $"{file}: {match.Value}");
                left.Remove(file);
            }
        }

        left.ShouldBeEmpty("these places are allowed what they do not do");
    }

    [GeneratedRegex(@"\b(actor|by|Actor\(\))\.(Organization|Window|Roles|Is\()", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex OwnRule();

    /// <summary>Code that has a request in its hands and reads from the log or the intake.</summary>
    [GeneratedRegex(
        @"(?s)\A(?=.*\bHttpContext\b).*\b(OfProvisionAsync|Intake\.FindAsync|Steps\.LatestAsync|OfSubjectAsync|ReadKindAsync)\(",
        RegexOptions.ExplicitCapture,
        1000
    )]
    private static partial Regex LoadsInRoutes();

    [GeneratedRegex(@"\b[Ee]vidence\.GetAsync\(", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex OpensEvidence();

    [GeneratedRegex(@"\bErasure\.EraseAsync\(", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Erases();

    [GeneratedRegex(@"new ObjectType<\w*(Provision|ProvisionHeader)>", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex TypeOfProvision();
}
