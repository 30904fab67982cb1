using System.Globalization;
using Noroshi.MailAnatomy.FileTypes.OpenXml;
using Noroshi.MailAnatomy.FileTypes.Traits;
using Noroshi.MailAnatomy.Findings;

namespace Noroshi.MailAnatomy.FileTypes.Rtf;

/// <summary>Numbers, times and named values of a document.</summary>
internal sealed partial class RtfInspector
{
    /// <summary>Words with a number that say something.</summary>
    private bool Number(string name, ref RtfTokens tokens)
    {
        var number = tokens.Number;
        switch (name)
        {
            case "ansicpg":
                _codePage = number;
                _sink.Add(TraitKinds.Common.CodePage, number.ToString(CultureInfo.InvariantCulture), "ansicpg");
                return true;
            case "deflang" or "deflangfe" or "adeflang" when number is > 0 and < 0x10000:
                _sink.Add(TraitKinds.Common.Language, RtfText.Language(number), name);
                return true;
            case "f":
                Font(number);
                return true;
            case "fcharset":
                if (_group.Destination == RtfPlace.Fonts && _fonts.Count < MaxFonts && RtfText.CodePageOf(number) is > 0 and var page)
                {
                    _fonts[_font] = page;
                }

                return true;
            case "rsidroot":
                _sink.Add(TraitKinds.OfficeDocument.RsidRoot, Rsid(number), "rsidroot");
                return true;
            case "rsid":
                if (_rsids.Count < MaxRsids)
                {
                    _rsids.Add(Rsid(number));
                }

                return true;
            case "edmins":
                _sink.Add(TraitKinds.Common.EditingMinutes, number.ToString(CultureInfo.InvariantCulture), "info edmins");
                return true;
            case "nofpages":
                _sink.Add(TraitKinds.Common.Pages, number.ToString(CultureInfo.InvariantCulture), "info nofpages");
                return true;
            case "version":
                _sink.Add(TraitKinds.Common.Revision, number.ToString(CultureInfo.InvariantCulture), "info version");
                return true;
            case "vern":
                _sink.Add(TraitKinds.Common.ApplicationVersion, number.ToString(CultureInfo.InvariantCulture), "info vern");
                return true;
            case "yr" or "mo" or "dy" or "hr" or "min" or "sec":
                _time[Array.IndexOf(TimeWords, name)] = number;
                return true;
            default:
                return false;
        }
    }

    private static readonly string[] TimeWords = ["yr", "mo", "dy", "hr", "min", "sec"];

    private static string Rsid(int number) => number.ToString("X8", CultureInfo.InvariantCulture);

    private void Font(int number)
    {
        if (_group.Destination == RtfPlace.Fonts)
        {
            _font = number;
        }
        else
        {
            _group.CodePage = _fonts.GetValueOrDefault(number);
        }
    }

    private void Time()
    {
        var kind = _group.Name switch
        {
            "creatim" => TraitKinds.Common.CreatedAt,
            "revtim" => TraitKinds.Common.SavedAt,
            _ => TraitKinds.Common.PrintedAt,
        };
        if (_time[0] is > 1900 and < 10_000 && _time[1] is > 0 and <= 12 && _time[2] is > 0 and <= 31)
        {
            // Local time of the maker's machine: no offset is stored.
            _sink.Add(
                kind,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{_time[0]:d4}-{_time[1]:d2}-{_time[2]:d2}T{Math.Clamp(_time[3], 0, 23):d2}:{Math.Clamp(_time[4], 0, 59):d2}:{Math.Clamp(_time[5], 0, 59):d2}"
                ),
                $"info {_group.Name}"
            );
        }
    }

    private void Value(string name, string value)
    {
        var kind = name switch
        {
            "author" => TraitKinds.Common.Author,
            "operator" => TraitKinds.Common.LastAuthor,
            "company" => TraitKinds.Common.Company,
            "manager" => TraitKinds.Common.Manager,
            "title" => TraitKinds.Common.Title,
            "subject" => TraitKinds.Common.Subject,
            "keywords" => TraitKinds.Common.Keywords,
            "doccomm" or "comment" => TraitKinds.Common.Comments,
            "generator" => TraitKinds.Common.Application,
            "objclass" => TraitKinds.OfficeDocument.ObjectClass,
            "atnauthor" => TraitKinds.OfficeDocument.Contributor,
            _ => null,
        };
        if (kind is not null)
        {
            _sink.Add(kind, value, name);
        }
        else if (name == "revtbl")
        {
            foreach (var author in value.Split(';', MaxRsids).Where(author => author is not "Unknown"))
            {
                _sink.Add(TraitKinds.OfficeDocument.Contributor, author, "revtbl");
            }
        }
        else if (value.Length > 0)
        {
            Target(name, value);
        }
    }

    private void Target(string name, string value)
    {
        _sink.AddText(value);
        var place = LinkTarget.Of(value);
        if (name == "template" && place == TargetPlace.Local)
        {
            _sink.Add(TraitKinds.OfficeDocument.TemplatePath, value, "template");
            return;
        }

        _sink.Add(TraitKinds.Common.ExternalTarget, value, name);
        if (name == "template" && place != TargetPlace.Inside)
        {
            _sink.Add(FindingCodes.Rtf.RemoteTemplate, value);
        }
    }
}
