using System.Collections.Frozen;

namespace Noroshi.MailAnatomy.FileTypes.Naming;

/// <summary>Extensions by what people take them for. Lower case, without the dot.</summary>
internal static class Extensions
{
    /// <summary>Documents, pictures and other things that are read, not run.</summary>
    public static FrozenSet<string> Documents { get; } =
        Set(
            "doc docx docm dot dotx dotm rtf xls xlsx xlsm xlsb xlt xltx csv ppt pptx pptm pps ppsx odt ods odp odg pdf xps jtd jtt jttc jtdc jtw jaw jbw jfw jhd jsh one mdb accdb vsd vsdx pub txt text log md jpg jpeg jpe png gif bmp tif tiff webp heic ico eml msg mht mhtml htm html xml mp3 mp4 mov avi wmv wav mpg mpeg m4a dwg dxf jww ai psd vcf ics"
        );

    /// <summary>What runs, or leads to something that runs, when it is opened; images of disks too, which Windows opens by itself.</summary>
    public static FrozenSet<string> Dangerous { get; } =
        Set(
            "exe scr com pif cpl dll bat cmd js jse vbs vbe wsf wsh wsc sct hta ps1 psm1 msi msp msix appx jar lnk url scf reg inf chm hlp desktop webloc library-ms search-ms settingcontent-ms searchconnector-ms xll application appref-ms gadget msc iqy slk py sh app command workflow iso img vhd vhdx"
        );

    /// <summary>Extensions under which anything may honestly stand.</summary>
    public static FrozenSet<string> Neutral { get; } = Set("dat bin tmp temp bak old orig save part crdownload download file data raw");

    /// <summary>Formats that are no text: text under such a name is something else than it says.</summary>
    public static FrozenSet<string> Binary { get; } =
        Set(
            "exe scr dll com pif cpl sys ocx msi doc docx docm dotx dotm xls xlsx xlsm xlsb ppt pptx pptm ppsx odt ods odp pdf xps jtd jtt jttc jtdc jaw jbw jpg jpeg jpe png gif bmp tif tiff webp heic ico zip rar 7z lzh lha cab gz tgz bz2 xz iso img vhd vhdx mp3 mp4 mov avi wmv wav mpg mpeg m4a lnk one mdb accdb vsd vsdx pub jar apk class msg psd swf ttf otf"
        );

    /// <summary>Extensions that say something definite about the content.</summary>
    public static FrozenSet<string> Definite { get; } =
        Documents
            .Union(Dangerous, StringComparer.Ordinal)
            .Union(Binary, StringComparer.Ordinal)
            .Union(
                Set(
                    "zipx z tar tbz txz zst arj ace sit sitx hqx uue wim dmg p7m p7s p7b p12 pfx cer crt der pgp gpg asc json tsv svg xhtml shtml emf wmf wri wps xlam xla ppam potx potm ppsm vsdm ott ots epub vb bas cls frm mbox mbx apng elf so dylib xlw sqlite db key pem mkv webm flac ogg mid midi ps eps woff woff2 jhd jsw jxw juw"
                ),
                StringComparer.Ordinal
            )
            .ToFrozenSet(StringComparer.Ordinal);

    /// <summary>Extensions of containers by the format's name in the contract, for matches that bring none.</summary>
    public static FrozenDictionary<string, string> Containers { get; } =
        new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["zip"] = "zip zipx jar apk docx xlsx pptx odt ods odp epub xps kmz xpi nupkg cbz ipa war ear vsix z01 001",
            ["rar4"] = "rar rev cbr r00 001",
            ["rar5"] = "rar rev cbr r00 001",
            ["rar"] = "rar rev cbr r00 001",
            ["7z"] = "7z cb7 001",
            ["lzh"] = "lzh lha lzs",
            ["tar"] = "tar cbt ova gem",
            ["gz"] = "gz tgz gzip svgz emz wmz",
            ["bz2"] = "bz2 tbz tbz2",
            ["xz"] = "xz txz",
            ["zst"] = "zst tzst",
            ["cab"] = "cab msu",
            ["iso"] = "iso img bin udf",
            ["udf"] = "iso img udf",
            ["arj"] = "arj",
            ["ace"] = "ace",
            ["vhd"] = "vhd",
            ["vhdx"] = "vhdx",
            ["z"] = "z taz",
            ["lz"] = "lz tlz",
        }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>Neighbouring formats that the program behind the extension opens as well; honest files do it, so it is noted only.</summary>
    public static FrozenDictionary<string, FrozenSet<string>> OtherClothes { get; } =
        new Dictionary<string, FrozenSet<string>>(StringComparer.Ordinal)
        {
            ["doc"] = Set("rtf docx docm html mhtml wordml flat-opc text odt dotx"),
            ["dot"] = Set("rtf docx docm html doc dotx"),
            ["rtf"] = Set("doc docx text"),
            ["docx"] = Set("doc rtf"),
            ["xls"] = Set("xlsx xlsm xlsb html mhtml csv text spreadsheetml xml slk"),
            ["xlsx"] = Set("xls"),
            ["csv"] = Set("xls xlsx text"),
            ["ppt"] = Set("pptx pptm ppsx html mhtml"),
            ["pps"] = Set("ppt pptx ppsx"),
            ["jtd"] = Set("jttc jtdc jsw jaw jbw justsystems"),
            ["jtt"] = Set("jttc jtdc jsw jaw jbw justsystems"),
            ["jtdc"] = Set("jtd justsystems"),
            ["jttc"] = Set("jtd justsystems"),
            ["mht"] = Set("eml html"),
            ["xml"] = Set("text html svg wordml flat-opc spreadsheetml"),
            ["htm"] = Set("text xml mhtml"),
            ["html"] = Set("text xml mhtml"),
            ["json"] = Set("text js"),
        }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>The words of a line as a set.</summary>
    public static FrozenSet<string> Set(string words) => words.Split(' ').ToFrozenSet(StringComparer.Ordinal);
}
