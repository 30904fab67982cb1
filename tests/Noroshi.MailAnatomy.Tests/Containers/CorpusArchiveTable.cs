namespace Noroshi.MailAnatomy.Tests.Containers;

/// <summary>
/// What the archives of the shared corpus must give: file, password (- for none), and <see cref="Outcome.Line"/>: format, version,
/// encryption, entries that came out whole (checksum right), that failed, folders, entries that cannot be opened, codes of the findings,
/// and the start of a hash over all contents. ARJ has a table of its own.
/// </summary>
internal static class CorpusArchiveTable
{
    public const string Rows = """
        7Zip.ARM.7z|-|7z 0.4 - solid whole=3 failed=0 folders=2 none=0 [] ed3d380e
        7Zip.ARM64.7z|-|7z 0.4 - solid whole=3 failed=0 folders=2 none=0 [] 9d2fd7af
        7Zip.ARMT.7z|-|7z 0.4 - solid whole=3 failed=0 folders=2 none=0 [] ed3d380e
        7Zip.BCJ.7z|-|7z 0.4 - solid whole=3 failed=0 folders=2 none=0 [] ed3d380e
        7Zip.BCJ2.7z|-|7z 0.4 - solid whole=3 failed=0 folders=2 none=0 [] ed3d380e
        7Zip.BZip2.7z|-|7z 0.3 - solid whole=3 failed=0 folders=2 none=0 [] 9d2fd7af
        7Zip.Copy.7z|-|7z 0.4 - whole=3 failed=0 folders=0 none=0 [] ed3d380e
        7Zip.EmptyStream.7z|-|7z 0.4 - whole=4 failed=0 folders=1 none=0 [] 9fb03d22
        7Zip.Filters.7z|-|7z 0.4 - solid whole=3 failed=0 folders=2 none=0 [] ed3d380e
        7Zip.IA64.7z|-|7z 0.4 - solid whole=3 failed=0 folders=2 none=0 [] ed3d380e
        7Zip.LZMA.7z|-|7z 0.3 - solid whole=3 failed=0 folders=3 none=0 [] 9d2fd7af
        7Zip.LZMA.Aes.7z|testpassword|7z 0.4 aes-256 solid whole=3 failed=0 folders=2 none=0 [] 9d2fd7af
        7Zip.LZMA2.7z|-|7z 0.3 - solid whole=3 failed=0 folders=2 none=0 [] 9d2fd7af
        7Zip.LZMA2.Aes.7z|testpassword|7z 0.4 aes-256 solid whole=3 failed=0 folders=2 none=0 [] 9d2fd7af
        7Zip.PPC.7z|-|7z 0.4 - solid whole=3 failed=0 folders=2 none=0 [] ed3d380e
        7Zip.PPMd.7z|-|7z 0.3 - solid whole=3 failed=0 folders=2 none=0 [] 9d2fd7af
        7Zip.RISCV.7z|-|7z 0.4 - solid whole=3 failed=0 folders=2 none=0 [] 9d2fd7af
        7Zip.SPARC.7z|-|7z 0.4 - solid whole=3 failed=0 folders=2 none=0 [] ed3d380e
        7Zip.Tar.tar|-|tar gnu - whole=1 failed=0 folders=1 none=0 [] 954d5a49
        7Zip.Tar.tar.7z|-|7z 0.4 - whole=1 failed=0 folders=0 none=0 [] 5a2a230a
        7Zip.ZSTD.7z|-|7z 0.4 - solid whole=3 failed=0 folders=2 none=0 [] 9d2fd7af
        7Zip.ZSTD.Split.7z.001|-|7z 0.4 - volume whole=0 failed=0 folders=0 none=0 [volume-missing] e3b0c442
        7Zip.ZSTD.Split.7z.002|-|unrecognised
        7Zip.ZSTD.Split.7z.003|-|unrecognised
        7Zip.ZSTD.Split.7z.004|-|unrecognised
        7Zip.ZSTD.Split.7z.005|-|unrecognised
        7Zip.ZSTD.Split.7z.006|-|unrecognised
        7Zip.delta.7z|-|7z 0.4 - solid whole=3 failed=0 folders=2 none=0 [] ed3d380e
        7Zip.delta.distance.7z|-|7z 0.4 - whole=7 failed=0 folders=0 none=0 [] 12979ec9
        7Zip.encryptedFiles.7z|password|7z 0.4 aes-256 solid whole=3 failed=0 folders=2 none=0 [] 9d2fd7af
        7Zip.eos.7z|-|7z 0.4 - solid whole=3 failed=0 folders=2 none=0 [] 9d2fd7af
        7Zip.nonsolid.7z|-|7z 0.4 - whole=3 failed=0 folders=2 none=0 [] 9d2fd7af
        7Zip.solid.1block.7z|-|7z 0.4 - solid whole=2 failed=0 folders=1 none=0 [] 2c6b1fa4
        7Zip.solid.7z|-|7z 0.4 - solid whole=3 failed=0 folders=2 none=0 [] 9d2fd7af
        Infozip.nocomp.multi.zip|-|zip 1.0 - volume whole=1 failed=0 folders=2 none=2 [volume-missing] 87104094
        Issue_685.zip|-|zip 2.0 - whole=4 failed=0 folders=0 none=0 [] 1ccbe5ac
        Original.7z.001|-|7z 0.3 - volume whole=0 failed=0 folders=0 none=0 [volume-missing] e3b0c442
        Original.7z.002|-|unrecognised
        Original.7z.003|-|unrecognised
        Original.7z.004|-|unrecognised
        Original.7z.005|-|unrecognised
        Original.7z.006|-|unrecognised
        Original.7z.007|-|unrecognised
        PrePostHeaders.zip|-|zip 2.0 - whole=3 failed=0 folders=1 none=0 [] eb60377d
        Rar.Encrypted.rar|test|rar4 2.9 rar3-aes-128/header whole=3 failed=0 folders=2 none=0 [] 9d2fd7af
        Rar.EncryptedParts.part01.rar|test|rar4 2.9 rar3-aes-128/header volume whole=1 failed=0 folders=0 none=1 [volume-missing] 87104094
        Rar.EncryptedParts.part02.rar|test|rar4 2.9 rar3-aes-128/header volume whole=0 failed=0 folders=0 none=1 [volume-missing] e3b0c442
        Rar.EncryptedParts.part03.rar|test|rar4 2.9 rar3-aes-128/header volume whole=0 failed=0 folders=0 none=2 [volume-missing] e3b0c442
        Rar.EncryptedParts.part04.rar|test|rar4 2.9 rar3-aes-128/header volume whole=0 failed=0 folders=0 none=1 [volume-missing] e3b0c442
        Rar.EncryptedParts.part05.rar|test|rar4 2.9 rar3-aes-128/header volume whole=0 failed=0 folders=0 none=1 [volume-missing] e3b0c442
        Rar.EncryptedParts.part06.rar|test|rar4 2.9 rar3-aes-128/header volume whole=0 failed=0 folders=2 none=1 [volume-missing] e3b0c442
        Rar.comment.rar|-|rar4 2.9 - solid whole=3 failed=0 folders=3 none=0 [] b1d080e4
        Rar.encrypted_filesAndHeader.rar|test|rar4 2.9 rar3-aes-128/header whole=3 failed=0 folders=3 none=0 [] ed3d380e
        Rar.encrypted_filesOnly.rar|test|rar4 2.9 rar3-aes-128 whole=3 failed=0 folders=3 none=0 [] ed3d380e
        Rar.malformed_512byte.rar|-|rar4 2.9 - whole=0 failed=1 folders=0 none=0 [truncated] e3b0c442
        Rar.multi.part01.rar|-|rar4 2.9 - volume whole=0 failed=0 folders=0 none=1 [volume-missing] e3b0c442
        Rar.multi.part02.rar|-|rar4 2.9 - volume whole=0 failed=0 folders=0 none=2 [volume-missing] e3b0c442
        Rar.multi.part03.rar|-|rar4 2.9 - volume whole=0 failed=0 folders=0 none=1 [volume-missing] e3b0c442
        Rar.multi.part04.rar|-|rar4 2.9 - volume whole=0 failed=0 folders=0 none=1 [volume-missing] e3b0c442
        Rar.multi.part05.rar|-|rar4 2.9 - volume whole=0 failed=0 folders=0 none=1 [volume-missing] e3b0c442
        Rar.multi.part06.rar|-|rar4 2.9 - volume whole=1 failed=0 folders=3 none=1 [volume-missing] 87104094
        Rar.multi.solid.part01.rar|-|rar5 5.0 - solid volume whole=1 failed=0 folders=0 none=1 [volume-missing] 87104094
        Rar.multi.solid.part02.rar|-|rar5 5.0 - solid volume whole=0 failed=0 folders=0 none=1 [volume-missing] e3b0c442
        Rar.multi.solid.part03.rar|-|rar5 5.0 - solid volume whole=0 failed=0 folders=0 none=2 [volume-missing] e3b0c442
        Rar.multi.solid.part04.rar|-|rar5 5.0 - solid volume whole=0 failed=0 folders=0 none=1 [volume-missing] e3b0c442
        Rar.multi.solid.part05.rar|-|rar5 5.0 - solid volume whole=0 failed=0 folders=0 none=1 [volume-missing] e3b0c442
        Rar.multi.solid.part06.rar|-|rar5 5.0 - solid volume whole=0 failed=0 folders=4 none=1 [volume-missing] e3b0c442
        Rar.none.rar|-|rar4 2.0 - whole=3 failed=0 folders=3 none=0 [] ed3d380e
        Rar.rar|-|rar4 2.9 - whole=3 failed=0 folders=3 none=0 [] b1d080e4
        Rar.solid.rar|-|rar4 2.9 - solid whole=3 failed=0 folders=3 none=0 [] b1d080e4
        Rar.test_invalid_exttime.rar|-|rar4 2.0 - whole=1 failed=0 folders=0 none=0 [] c0dbb4c3
        Rar15.rar|-|rar4 1.5 - whole=3 failed=0 folders=2 none=0 [] ed3d380e
        Rar2.multi.rar|-|rar4 2.0 - volume whole=0 failed=0 folders=2 none=1 [volume-missing] e3b0c442
        Rar2.rar|-|rar4 2.0 - whole=3 failed=0 folders=2 none=0 [] ed3d380e
        Rar4.multi.part01.rar|-|rar4 2.9 - volume whole=0 failed=0 folders=0 none=1 [volume-missing] e3b0c442
        Rar4.multi.part02.rar|-|rar4 2.9 - volume whole=0 failed=0 folders=0 none=2 [volume-missing] e3b0c442
        Rar4.multi.part03.rar|-|rar4 2.9 - volume whole=0 failed=0 folders=0 none=1 [volume-missing] e3b0c442
        Rar4.multi.part04.rar|-|rar4 2.9 - volume whole=0 failed=0 folders=0 none=1 [volume-missing] e3b0c442
        Rar4.multi.part05.rar|-|rar4 2.9 - volume whole=0 failed=0 folders=0 none=1 [volume-missing] e3b0c442
        Rar4.multi.part06.rar|-|rar4 2.9 - volume whole=0 failed=0 folders=0 none=2 [volume-missing] e3b0c442
        Rar4.multi.part07.rar|-|rar4 2.9 - volume whole=0 failed=0 folders=2 none=1 [volume-missing] e3b0c442
        Rar4.rar|-|rar4 2.9 - whole=3 failed=0 folders=2 none=0 [] ed3d380e
        Rar5.comment.rar|-|rar5 5.0 - whole=3 failed=0 folders=3 none=0 [] ed3d380e
        Rar5.crc_blake2.rar|-|rar5 5.0 - whole=3 failed=0 folders=3 none=0 [] ed3d380e
        Rar5.encrypted_filesAndHeader.rar|test|rar5 5.0 aes-256/header whole=3 failed=0 folders=3 none=0 [] ed3d380e
        Rar5.encrypted_filesOnly.rar|test|rar5 5.0 aes-256 whole=3 failed=0 folders=3 none=0 [] ed3d380e
        Rar5.multi.part01.rar|-|rar5 5.0 - volume whole=0 failed=0 folders=0 none=1 [volume-missing] e3b0c442
        Rar5.multi.part02.rar|-|rar5 5.0 - volume whole=0 failed=0 folders=0 none=2 [volume-missing] e3b0c442
        Rar5.multi.part03.rar|-|rar5 5.0 - volume whole=0 failed=0 folders=0 none=1 [volume-missing] e3b0c442
        Rar5.multi.part04.rar|-|rar5 5.0 - volume whole=0 failed=0 folders=0 none=1 [volume-missing] e3b0c442
        Rar5.multi.part05.rar|-|rar5 5.0 - volume whole=0 failed=0 folders=0 none=1 [volume-missing] e3b0c442
        Rar5.multi.part06.rar|-|rar5 5.0 - volume whole=1 failed=0 folders=3 none=1 [volume-missing] 87104094
        Rar5.none.rar|-|rar5 5.0 - whole=3 failed=0 folders=3 none=0 [] ed3d380e
        Rar5.rar|-|rar5 5.0 - whole=3 failed=0 folders=3 none=0 [] ed3d380e
        Rar5.solid.rar|-|rar5 5.0 - solid whole=3 failed=0 folders=3 none=0 [] b1d080e4
        Tar.ContainsRar.tar|-|tar v7 - whole=1 failed=0 folders=0 none=0 [] aa710993
        Tar.ContainsTarGz.tar|-|tar gnu - whole=1 failed=0 folders=0 none=0 [] 1ffc385a
        Tar.Empty.tar|-|tar v7 - whole=0 failed=0 folders=0 none=0 [] e3b0c442
        Tar.LongPathsWithLongNameExtension.tar|-|tar gnu - whole=3 failed=0 folders=16 none=0 [] de6a9edb
        Tar.PaxGlobalHeader.Link.tar|-|tar ustar - whole=0 failed=0 folders=0 none=2 [] e3b0c442
        Tar.PaxGlobalHeader.tar|-|tar ustar - whole=3 failed=0 folders=0 none=0 [] 65db3e7f
        Tar.PaxLocalHeader.Link.tar|-|tar pax - whole=0 failed=0 folders=0 none=1 [] e3b0c442
        Tar.PaxLocalHeader.tar|-|tar pax - whole=2 failed=0 folders=0 none=0 [] f148a491
        Tar.mod.tar|-|tar v7 - whole=2 failed=0 folders=0 none=0 [] 4c4517f7
        Tar.noEmptyDirs.tar|-|tar v7 - whole=3 failed=0 folders=0 none=0 [] ed3d380e
        Tar.noEmptyDirs.tar.bz2|-|bz2 - - whole=1 failed=0 folders=0 none=0 [] 2ac9bf2a
        Tar.noEmptyDirs.tar.lz|-|lz 1 - whole=1 failed=0 folders=0 none=0 [] 2ac9bf2a
        Tar.oldgnu.tar.gz|-|gz - - whole=1 failed=0 folders=0 none=0 [] 131cde3b
        Tar.tar|-|tar v7 - whole=3 failed=0 folders=3 none=0 [] ed3d380e
        Tar.tar.Z|-|z - - whole=1 failed=0 folders=0 none=0 [] 3d902c39
        Tar.tar.bz2|-|bz2 - - whole=1 failed=0 folders=0 none=0 [] d60b8ed9
        Tar.tar.gz|-|gz - - whole=1 failed=0 folders=0 none=0 [] d60b8ed9
        Tar.tar.lz|-|lz 1 - whole=1 failed=0 folders=0 none=0 [] d60b8ed9
        Tar.tar.xz|-|xz - - whole=1 failed=0 folders=0 none=0 [] d60b8ed9
        Tar.tar.zst|-|zst - - whole=1 failed=0 folders=0 none=0 [] dea29f62
        WinZip26.nocomp.multi.zip|-|zip 1.0 - volume whole=1 failed=0 folders=2 none=2 [volume-missing] 87104094
        WinZip26.nocomp.multi.zipx|-|zip 1.0 - volume whole=1 failed=0 folders=2 none=2 [volume-missing] 87104094
        WinZip26.zip|-|zip 2.0 - whole=3 failed=0 folders=2 none=0 [] ed3d380e
        WinZip26_BZip2.zipx|-|zip 4.6 - whole=3 failed=0 folders=2 none=0 [] ed3d380e
        WinZip26_LZMA.zipx|-|zip 6.3 - whole=3 failed=0 folders=2 none=0 [] ed3d380e
        WinZip27_XZ.zipx|-|zip 2.0 - whole=3 failed=0 folders=0 none=0 [] ed3d380e
        WinZip27_ZSTD.zipx|-|zip 2.0 - whole=3 failed=0 folders=0 none=0 [] ed3d380e
        Zip.644.zip|-|zip 1.0 - whole=1 failed=0 folders=0 none=0 [] f62f4917
        Zip.EntryComment.zip|-|zip 1.0 - whole=1 failed=0 folders=0 none=0 [] 365727ef
        Zip.Evil.zip|-|zip 2.0 - whole=2 failed=0 folders=0 none=0 [] 8123a75d
        Zip.LongComment.zip|-|zip 1.0 - whole=1 failed=0 folders=0 none=0 [] 5df6e0e2
        Zip.UnicodePathExtra.zip|-|zip 2.0 - whole=1 failed=0 folders=0 none=0 [] a3963a3e
        Zip.badlocalextra.zip|-|zip 2.0 - whole=1 failed=0 folders=0 none=0 [] 01ad08f9
        Zip.bzip2.dd.zip|-|zip 6.3 - whole=3 failed=0 folders=0 none=0 [] b1d080e4
        Zip.bzip2.noEmptyDirs.zip|-|zip 1.0 - whole=3 failed=0 folders=0 none=0 [] b1d080e4
        Zip.bzip2.pkware.zip|test|zip 4.6 zipcrypto whole=3 failed=0 folders=3 none=0 [] ed3d380e
        Zip.bzip2.zip|-|zip 4.6 - whole=3 failed=0 folders=3 none=0 [] ed3d380e
        Zip.deflate.WinzipAES.zip|test|zip 5.1 aes-256 whole=3 failed=0 folders=3 none=0 [] ed3d380e
        Zip.deflate.WinzipAES2.zip|test|zip 5.1 aes-256 whole=3 failed=0 folders=1 none=0 [] ed3d380e
        Zip.deflate.dd-.zip|-|zip 6.3 - whole=3 failed=0 folders=0 none=0 [] b1d080e4
        Zip.deflate.dd.zip|-|zip 6.3 - whole=3 failed=0 folders=0 none=0 [] b1d080e4
        Zip.deflate.mod.zip|-|zip 1.0 - whole=2 failed=0 folders=0 none=0 [] 4c4517f7
        Zip.deflate.mod2.zip|-|zip 1.0 - whole=3 failed=0 folders=0 none=0 [] b1d080e4
        Zip.deflate.noEmptyDirs.zip|-|zip 1.0 - whole=3 failed=0 folders=0 none=0 [] b1d080e4
        Zip.deflate.pkware.zip|12345678|zip 2.0 zipcrypto whole=1 failed=0 folders=1 none=0 [] 25c93c0a
        Zip.deflate.zip|-|zip 2.0 - whole=3 failed=0 folders=3 none=0 [] ed3d380e
        Zip.deflate64.zip|-|zip 2.1 - whole=3 failed=0 folders=3 none=0 [] ed3d380e
        Zip.implode.zip|-|zip 1.0 - whole=3 failed=0 folders=0 none=0 [] ed3d380e
        Zip.lzma.WinzipAES.zip|test|zip 6.3 aes-256 whole=3 failed=0 folders=3 none=0 [] ed3d380e
        Zip.lzma.dd.zip|-|zip 6.3 - whole=3 failed=0 folders=0 none=0 [] b1d080e4
        Zip.lzma.empty.zip|-|zip 2.0 - whole=1 failed=0 folders=0 none=0 [] 5df6e0e2
        Zip.lzma.noEmptyDirs.zip|-|zip 1.0 - whole=3 failed=0 folders=0 none=0 [] b1d080e4
        Zip.lzma.zip|-|zip 6.3 - whole=3 failed=0 folders=3 none=0 [] ed3d380e
        Zip.none.datadescriptors.zip|-|zip 1.0 - whole=2 failed=0 folders=0 none=0 [] ce151329
        Zip.none.encrypted.zip|test|zip 5.1 aes-256 whole=2 failed=0 folders=0 none=0 [] ce151329
        Zip.none.issue86.zip|-|zip 1.0 - whole=5 failed=0 folders=2 none=0 [] 1ae991d0
        Zip.none.noEmptyDirs.zip|-|zip 1.0 - whole=3 failed=0 folders=0 none=0 [] b1d080e4
        Zip.none.zip|-|zip 2.0 - whole=3 failed=0 folders=3 none=0 [] ed3d380e
        Zip.ppmd.dd.zip|-|zip 6.3 - whole=3 failed=0 folders=0 none=0 [] b1d080e4
        Zip.ppmd.noEmptyDirs.zip|-|zip 1.0 - whole=3 failed=0 folders=0 none=0 [] b1d080e4
        Zip.ppmd.zip|-|zip 6.3 - whole=3 failed=0 folders=3 none=0 [] ed3d380e
        Zip.reduce1.zip|-|zip 1.0 - whole=3 failed=0 folders=0 none=0 [] b1d080e4
        Zip.reduce2.zip|-|zip 1.0 - whole=3 failed=0 folders=0 none=0 [] b1d080e4
        Zip.reduce3.zip|-|zip 1.0 - whole=3 failed=0 folders=0 none=0 [] b1d080e4
        Zip.reduce4.zip|-|zip 1.0 - whole=3 failed=0 folders=0 none=0 [] b1d080e4
        Zip.shrink.zip|-|zip 1.0 - whole=3 failed=0 folders=0 none=0 [] b1d080e4
        Zip.uncompressed.zip|-|zip 2.0 - whole=4 failed=0 folders=0 none=0 [] 6beba81d
        Zip.zip64.compressedonly.zip|-|zip 4.5 - whole=1 failed=0 folders=0 none=1 [damaged,hidden-entry,name-twice,truncated] aa420352
        Zip.zip64.zip|-|zip 4.5 - whole=3 failed=0 folders=0 none=0 [] b1d080e4
        Zip.zipx|-|zip 6.3 - whole=3 failed=0 folders=2 none=0 [] ed3d380e
        false.positive.tar|-|unrecognised
        test_477.zip|-|zip 2.0 - whole=4 failed=0 folders=0 none=0 [] 1ccbe5ac
        ustar with long names.tar|-|tar ustar - whole=3 failed=0 folders=3 none=0 [] 2ae98df4
        very long filename.tar|-|tar v7 - whole=4 failed=0 folders=1 none=0 [] 70760943
        zipcrypto.zip|test|zip 2.0 zipcrypto whole=8 failed=0 folders=0 none=0 [] 9152fea2
        """;
}
