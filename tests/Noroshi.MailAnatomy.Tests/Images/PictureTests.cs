using Noroshi.MailAnatomy.FileTypes;
using Noroshi.Makers.FileTypes;
using Noroshi.Makers.Images;
using Shouldly;
using Xunit;

namespace Noroshi.MailAnatomy.Tests.Images;

public sealed class PictureTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Camera_serial_author_and_dates_are_traits(bool big)
    {
        var found = Look(PictureMaker.Jpeg(big: big));

        Trait(found, "imageSize").ShouldBe("640x480");
        Trait(found, "camera").ShouldBe("Made Model 7");
        Trait(found, "cameraSerial").ShouldBe("SN-001234");
        Trait(found, "author").ShouldBe("Taro Yamada");
        Trait(found, "createdAt").ShouldBe("2013-10-16T08:00:00");
        Trait(found, "savedAt").ShouldBe("2013-10-17T09:02:03");
        Trait(found, "gps").ShouldBe("present");
        Trait(found, "documentId").ShouldBe("xmp.did:0001");
        found.Traits.Where(one => one.Name == "application").Select(one => one.Value).ShouldBe(["Editor 3.1", "Painter 9"]);
        found.Findings.ShouldBeEmpty();
    }

    [Fact]
    public void Texts_of_a_png_picture_are_traits()
    {
        var found = Look(PictureMaker.Png());

        Trait(found, "application").ShouldBe("Painter 9");
        Trait(found, "author").ShouldBe("Hanako");
        found.Findings.ShouldBeEmpty();
    }

    [Fact]
    public void A_picture_that_floods_the_memory_is_noticed()
    {
        var png = ProgramMaker.Png();
        png[16] = 0x7F;
        png[20] = 0x7F;

        Codes(Look(png)).ShouldBe(["image.pixel-flood"]);
        Codes(Look(PictureMaker.Jpeg(65_500, 65_500))).ShouldBe(["image.pixel-flood"]);
        Codes(Look(PictureMaker.Jpeg(8_000, 6_000))).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("png")]
    [InlineData("jpg")]
    [InlineData("gif")]
    [InlineData("bmp")]
    public void A_file_behind_the_end_is_inside(string kind)
    {
        var picture = Picture(kind);
        byte[] lnk = ProgramMaker.Lnk();
        var found = Look([.. picture, .. lnk]);

        Codes(found).ShouldBe(["image.hidden-file"]);
        using var stream = found.Inner.ShouldHaveSingleItem().Open.ShouldNotBeNull()();
        using var copy = new MemoryStream();
        stream.CopyTo(copy);
        copy.ToArray().ShouldBe(lnk);
        Codes(Look([.. picture, .. "some bytes of no type"u8])).ShouldBe(["image.trailing-data"]);
        Codes(Look([.. picture, .. new byte[40]])).ShouldBeEmpty();
    }

    [Fact]
    public void A_second_picture_of_a_camera_is_ordinary() => Codes(Look([.. PictureMaker.Jpeg(), .. PictureMaker.Jpeg()])).ShouldBeEmpty();

    [Fact]
    public void Cut_and_flipped_pictures_are_read_without_an_exception()
    {
        var random = new Random(20131017);
        foreach (
            var bytes in (byte[][])
                [
                    PictureMaker.Jpeg(),
                    PictureMaker.Png(),
                    ProgramMaker.Gif(),
                    ProgramMaker.Bmp(),
                    PictureMaker.Exif(),
                    PictureMaker.Exif(true),
                ]
        )
        {
            for (var round = 0; round < 600; round++)
            {
                var copy = (byte[])bytes.Clone();
                for (var flips = 0; flips < 3; flips++)
                {
                    copy[random.Next(4, copy.Length)] = (byte)random.Next(256);
                }

                Look(copy[..random.Next(4, copy.Length + 1)]).ShouldNotBeNull();
            }
        }
    }

    private static byte[] Picture(string kind) =>
        kind switch
        {
            "png" => PictureMaker.Png(),
            "jpg" => PictureMaker.Jpeg(),
            "gif" => ProgramMaker.Gif(),
            _ => ProgramMaker.Bmp(),
        };

    private static FileInspection Look(byte[] bytes)
    {
        var inspection = new FileInspection();
        if (FileTypeTable.Recognise(bytes) is var (recogniser, match))
        {
            recogniser.Inspect(bytes, match, inspection);
        }

        return inspection;
    }

    private static string Trait(FileInspection found, string name) => found.Traits.First(one => one.Name == name).Value;

    private static IEnumerable<string> Codes(FileInspection found) => found.Findings.Select(one => one.Code);
}
